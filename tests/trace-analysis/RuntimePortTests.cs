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
