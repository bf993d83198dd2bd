# SPDX-License-Identifier: Apache-2.0
"""ISO 20022: the messages that banks already speak, in and out; see the README beside this."""
