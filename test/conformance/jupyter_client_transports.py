"""Runs a cell through jupyter_client over each transport, encrypted and not."""

from jupyter_client.manager import KernelManager

for transport in ["tcp", "ipc"]:
    for encryption in ["disabled", "required"]:
        manager = KernelManager(
            kernel_name="retro", transport=transport, transport_encryption=encryption
        )
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=20)
        printed = []
        reply = client.execute_interactive(
            "console.log('hello')",
            timeout=20,
            output_hook=lambda message: printed.append(message["content"].get("text", "")),
        )
        encrypted = "curve_publickey" in manager.get_connection_info()
        assert encrypted == (encryption == "required")
        print(
            transport,
            encryption,
            reply["content"]["status"],
            "".join(printed).strip(),
            client.is_alive(),
        )
        client.stop_channels()
        manager.shutdown_kernel()
