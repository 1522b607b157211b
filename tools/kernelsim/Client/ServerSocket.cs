using System.Net.Sockets;

namespace KernelSim.Tool.Client;

/// <summary>The Unix domain sockets between clients and servers.</summary>
internal static class ServerSocket
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    // struct ucred: process, user, group.
    private const int CredentialBytes = 12;
    private const int UserOffset = 4;

    /// <summary>Creates a socket, not yet bound or connected.</summary>
    public static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>The user at the other end; null if it is the current user or root, and on hosts that do not tell.</summary>
    public static uint? StrangerAt(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credentials = stackalloc byte[CredentialBytes];
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialBytes
            && BitConverter.ToUInt32(credentials[UserOffset..]) is var user && !OpenFolder.IsTrusted(user)
            ? user
            : null;
    }
}
