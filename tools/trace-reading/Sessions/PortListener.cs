using System.IO.Pipes;
using System.Net.Sockets;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>The end of a port that takes connections: a Unix domain socket, on Windows a named pipe.</summary>
internal abstract class PortListener : IDisposable
{
    /// <summary>What a process connects to.</summary>
    public abstract string Address { get; }

    /// <summary>Creates a listener at a unique address.</summary>
    /// <exception cref="TargetException">The host gives none.</exception>
    public static PortListener Open() => OperatingSystem.IsWindows() ? new PipeListener() : new SocketListener();

    /// <summary>Waits for the next connection.</summary>
    public abstract Task<Stream> AcceptAsync(CancellationToken token);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class SocketListener : PortListener
    {
        private const int Backlog = 512;

        private readonly PortFolder _folder = PortFolder.Create();
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public SocketListener()
        {
            try
            {
                _socket.Bind(new UnixDomainSocketEndPoint(_folder.Socket));
                _socket.Listen(Backlog);
            }
            catch (SocketException e)
            {
                Dispose();
                throw new TargetException($"'{_folder.Socket}' given, expected a path for the recorder's socket: {e.Message}", e);
            }
        }

        public override string Address => _folder.Socket;

        public override async Task<Stream> AcceptAsync(CancellationToken token) =>
            new NetworkStream(await _socket.AcceptAsync(token).ConfigureAwait(false), ownsSocket: true);

        public override void Dispose()
        {
            _socket.Dispose();
            _folder.Dispose();
        }
    }

    private sealed class PipeListener : PortListener
    {
        public override string Address { get; } = $"kernelsim-{Guid.NewGuid():N}";

        public override async Task<Stream> AcceptAsync(CancellationToken token)
        {
            NamedPipeServerStream pipe = new(
                Address,
                PipeDirection.InOut,
                NamedPipeServerStream.MaxAllowedServerInstances,
                PipeTransmissionMode.Byte,
                PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            try
            {
                await pipe.WaitForConnectionAsync(token).ConfigureAwait(false);
                return pipe;
            }
            catch
            {
                await pipe.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        public override void Dispose()
        {
        }
    }
}
