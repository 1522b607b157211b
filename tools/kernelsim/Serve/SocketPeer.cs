using System.Net.Sockets;

namespace KernelSim.Tool.Serve;

/// <summary>Who is at the other end of a Unix domain socket.</summary>
internal static class SocketPeer
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    // struct ucred: process, user, group.
    private const int CredentialBytes = 12;
    private const int UserOffset = 4;

    /// <summary>The user when it is a stranger; null for the own user and for root, and where the host does not say.</summary>
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
