using System.Diagnostics.Tracing;
using System.IO.Pipes;
using System.Net.Sockets;

namespace KernelSim.Tracing;

/// <summary>
/// Connects a machine to the recorder that started its process. A runtime can suspend itself at startup until a recorder resumes it, but a
/// process that inherits that setting and starts after the recorder has exited stays suspended permanently. The recorder therefore suspends
/// no runtime; a machine waits for it before its first event, and not at all if the recorder has exited.
/// </summary>
public static class RecorderPort
{
    /// <summary>The environment variable that names the port: a socket's path, on Windows a pipe's name.</summary>
    public const string Variable = "KERNELSIM_RECORDER";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the recorder that the environment names listens to both providers; returns at once where there is none.</summary>
    public static void Meet()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } port)
        {
            return;
        }

        try
        {
            // Both providers are to be among the sources that the greeting lists.
            _ = (KernelEventSource.Log, UserApiEventSource.Log);
            RecorderGreeting greeting = new(Environment.ProcessId, [.. EventSource.GetSources().Select(s => s.Name)]);
            using CancellationTokenSource limit = new(s_limit);
            using Stream stream = Connect(port);
            stream.Write(greeting.ToBytes());
            stream.ReadAsync(new byte[1], limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (
            e is IOException or SocketException or OperationCanceledException or TimeoutException or ArgumentException or UnauthorizedAccessException)
        {
            // The recorder has gone, or does not answer: what this process does is not recorded, and is not held up for it.
        }
    }

    private static Stream Connect(string port)
    {
        if (OperatingSystem.IsWindows())
        {
            NamedPipeClientStream pipe = new(".", port, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            try
            {
                pipe.Connect(s_limit);
                return pipe;
            }
            catch
            {
                pipe.Dispose();
                throw;
            }
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = (int)s_limit.TotalMilliseconds };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(port));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
