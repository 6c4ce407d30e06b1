# An image of the lab's own without a Dockerfile: one of the catalogue's, and packages (docs/how-to/bring-your-own-image.md).
ARG FROM_IMAGE=berth-notebook-minimal
FROM ${FROM_IMAGE} AS packages
USER 0
# Certificates of a proxy that inspects TLS, and the package index that pip is configured with: for this stage only.
COPY machine/extra-ca.crt machine/pip.conf /machine/
COPY requirements.txt /tmp/
RUN mkdir -p /usr/local/lib \
 && if grep -q '^[^#]' /tmp/requirements.txt; then \
      cat /etc/ssl/certs/ca-certificates.crt /machine/extra-ca.crt > /tmp/certificates.pem \
      && PIP_CONFIG_FILE=/machine/pip.conf PIP_CERT=/tmp/certificates.pem PIP_USER=0 \
         python3 -m pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore --break-system-packages -r /tmp/requirements.txt; \
    fi
ARG STAGE_OF=
LABEL org.berth.stage=${STAGE_OF}

FROM ${FROM_IMAGE}
USER 0
COPY apt.txt /tmp/
RUN packages=$(sed 's/#.*//' /tmp/apt.txt | xargs); rm /tmp/apt.txt; \
    if [ -n "$packages" ]; then \
      apt-get -o APT::Update::Error-Mode=any -o Acquire::Retries=2 update -q \
      && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io $packages \
      && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb; \
    fi
COPY --from=packages /usr/local/ /usr/local/
COPY before-notebook.d/ /usr/local/bin/before-notebook.d/
USER 1000:100
