# One server for a group: sub-path, accounts of the machine, limits, the culler.
import sys

c.JupyterHub.bind_url = 'http://:8000/jhub/'
c.JupyterHub.hub_connect_ip = 'jupyterhub'
c.JupyterHub.authenticator_class = 'pam'
c.PAMAuthenticator.open_sessions = False
c.Authenticator.admin_users = {'ada'}
c.Authenticator.allowed_users = {
    'grace',  # first floor
    'linus',
}
c.Spawner.default_url = '/lab'
c.Spawner.mem_limit = "1G"
c.Spawner.cpu_limit = 2
c.Spawner.environment = {
    'LANG': 'C.UTF-8',
    'COURSE': ('intro-'
               'to-statistics'),
}
c.JupyterHub.services = [
    {
        'name': 'idle-culler',
        'command': [sys.executable, '-m', 'jupyterhub_idle_culler', '--timeout=600'],
    }
]
c.JupyterHub.load_roles = [
    {
        'name': 'idle-culler',
        'scopes': ['list:users', 'read:users:activity', 'read:servers', 'delete:servers'],
        'services': ['idle-culler'],
    }
]
c.JupyterHub.template_paths = ['/srv/templates']
c.ConfigurableHTTPProxy.command = ['configurable-http-proxy', '--redirect-port', '80']


def make_folder(spawner):
    spawner.log.info('a folder for %s', spawner.user.name)


c.Spawner.pre_spawn_hook = make_folder
