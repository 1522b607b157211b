using System.Net.Sockets;
using KernelSim.Tool.Client;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The folder for the sockets of servers. A socket is made beside it and deleted.</summary>
internal sealed class ServersFolder : IHostThing
{
    /// <inheritdoc/>
    public string Id => "servers-folder";

    /// <inheritdoc/>
    public string Name => "servers' folder";

    /// <inheritdoc/>
    public bool IsNeeded => true;

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        string? reason = RuntimeFolder.Open(make: false, out RuntimeFolder? folder)?.Message;
        folder?.Dispose();
        reason ??= WhyNoSocket(Path.GetDirectoryName(RuntimeFolder.Location)!, host);
        return reason is null
            ? Finding.Ok(RuntimeFolder.Location, "Servers have their sockets there, and --server finds them.")
            : Finding.Missing(
                reason,
                "The verb serve and the option --server cannot be used.",
                "set XDG_RUNTIME_DIR, or TMPDIR, to a folder of yours with a short path");
    }

    private static string? WhyNoSocket(string folder, HostView host)
    {
        string path = Path.Combine(folder, $".kernelsim-doctor-{Environment.ProcessId}");
        try
        {
            using Socket socket = ServerSocket.Create();
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.Delete(path);
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Linux reaches the sockets through the open folder, however long its path is.
            return host.System == HostSystem.Linux ? null : $"'{folder}' given, expected a path that is short enough for a socket in it";
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            return $"'{folder}' given, expected a folder that takes a socket: {exception.Message}";
        }
    }
}
