using System.Net.Sockets;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

/// <summary>A recorder's port and the clients of it that are not .NET runtimes.</summary>
public sealed class RuntimePortTests
{
    [Fact]
    public void A_process_whose_runtime_does_not_connect_is_released_and_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix domain socket.");
        using RuntimePort port = NewPort();
        using Socket client = Connect(port);
        client.Send(new RecorderGreeting(12345, ["Some-Provider"]).ToBytes());

        Assert.Equal(1, client.Receive(new byte[1]));

        RuntimeSession session = Assert.Single(port.Sessions);
        Assert.Equal(12345, session.ProcessId);
        Assert.Equal(["Some-Provider"], session.Providers);
        Assert.NotNull(session.Refusal);
    }

    [Fact]
    public void Clients_that_send_nothing_or_garbage_delay_no_other_client()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix domain socket.");
        using RuntimePort port = NewPort();
        using Socket silent = Connect(port);
        using Socket confused = Connect(port);
        confused.Send("GET / HTTP/1.1\r\n\r\n"u8);
        using Socket endless = Connect(port);
        endless.Send([.. RecorderGreeting.Magic, 1, 0, 0, 0, 255, 255, 255, 127]);
        using Socket client = Connect(port);
        client.Send(new RecorderGreeting(12345, []).ToBytes());

        Assert.Equal(1, client.Receive(new byte[1]));
        Assert.True(IsClosed(confused));
        Assert.True(IsClosed(endless));
    }

    [Fact]
    public void The_ports_that_an_environment_already_lists_are_kept()
    {
        using RuntimePort port = NewPort();
        Dictionary<string, string?> environment = new() { ["DOTNET_DiagnosticPorts"] = "/some/port,connect" };

        port.AddTo(environment);

        Assert.Equal($"/some/port,connect;{port.Address},connect,nosuspend", environment["DOTNET_DiagnosticPorts"]);
        Assert.Equal(port.Address, environment[RecorderPort.Variable]);
    }

    [Fact]
    public void A_port_that_is_closed_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix domain socket.");
        RuntimePort port = NewPort();
        string folder = Path.GetDirectoryName(port.Address)!;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        port.Dispose();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_runtime_is_asked_for_a_session_without_stacks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix domain socket.");
        using RuntimePort port = NewPort();
        using Socket runtime = Advertise(port);

        byte[] command = ReceiveCommand(runtime);

        // EventPipe, CollectTracing3: MiB, format, no rundown, no stacks.
        Assert.Equal([2, 4], command[16..18]);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 0, 0], command[20..30]);
    }

    [Fact]
    public void A_runtime_that_knows_of_no_session_without_stacks_is_asked_for_one_with_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix domain socket.");
        using RuntimePort port = NewPort();
        using Socket first = Advertise(port);
        ReceiveCommand(first);
        using Socket second = Advertise(port);
        first.Send([.. "DOTNET_IPC_V1\0"u8, 24, 0, 0xFF, 0xFF, 0, 0, 0x85, 0x13, 0x13, 0x80]);

        byte[] command = ReceiveCommand(second);

        Assert.Equal([2, 3], command[16..18]);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0], command[20..33]);
    }

    private static RuntimePort NewPort() => new([new ProviderRequest("Some-Provider", default)], bufferMiB: 1, heartbeat: false, _ => { });

    /// <summary>Waits until the port has closed the connection. Bytes that it has not read make that a reset.</summary>
    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    /// <summary>Connects as a runtime does: magic, cookie, process id, two bytes of nothing.</summary>
    private static Socket Advertise(RuntimePort port)
    {
        Socket socket = Connect(port);
        socket.Send([.. "ADVR_V1\0"u8, .. new byte[16], 57, 48, 0, 0, 0, 0, 0, 0, 0, 0]);
        return socket;
    }

    private static byte[] ReceiveCommand(Socket socket)
    {
        byte[] buffer = new byte[1 << 12];
        int length = 0;
        while (length < 20 || length < buffer[14] + (buffer[15] << 8))
        {
            int received = socket.Receive(buffer.AsSpan(length));
            Assert.NotEqual(0, received);
            length += received;
        }

        return buffer[..length];
    }

    private static Socket Connect(RuntimePort port)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)LimitedWaits.Limit.TotalMilliseconds,
        };
        socket.Connect(new UnixDomainSocketEndPoint(port.Address));
        return socket;
    }
}
