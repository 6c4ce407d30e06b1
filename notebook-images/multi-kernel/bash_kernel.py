"""A kernel whose cells are a bash session: variables, functions and the working directory stay from cell to cell.
Debian packages metakernel, which knows how to talk to a program with a prompt, but no kernel for bash on it."""

from metakernel import ProcessMetaKernel
from metakernel.replwrap import bash


class BashKernel(ProcessMetaKernel):
    implementation = "bash"
    implementation_version = "1"
    language = "bash"
    language_version = "5"
    banner = "Bash"
    language_info = {
        "name": "bash",
        "mimetype": "text/x-sh",
        "codemirror_mode": "shell",
        "file_extension": ".sh",
        "help_links": [],
    }
    kernel_json = {"display_name": "Bash", "language": "bash"}

    def makeWrapper(self):
        return bash()


if __name__ == "__main__":
    BashKernel.run_as_main()
