using System.Net.Sockets;
using KernelSim.EndToEnd.Tests.Script;
using KernelSim.LabScripts.Machines;
using KernelSim.Nt;
using KernelSim.Tool.Client;
using KernelSim.Tool.Serve;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>A server inside this process: what cannot be done to one through its protocol.</summary>
public sealed class LabServerTests
{
    [Fact]
    public void A_machine_that_stops_is_told_to_who_calls_it_and_ends_the_server()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "s");
        using Socket listener = ServerSocket.Create();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        MachineSettings settings = new();
        using LabMachine lab = LabMachine.Boot(settings);
        using LabServer server = new(lab, new ServerInfo("s", path, Environment.ProcessId, settings), TextWriter.Null);
        HostThread accepting = HostThread.Run(() => server.AcceptAll(listener));
        using LineClient client = new(path);
        client.Expect(3, """{"op":"map_create","type":"hash","name":"m","key_size":4,"value_size":4,"max_entries":8}""");

        Assert.Throws<BugcheckException>(() => lab.Machine.BugCheck(BugcheckCode.KmodeExceptionNotHandled));
        client.Send("""{"op":"close","fd":3}""" + "\n");
        string? told = client.Receive();
        accepting.Join();

        Assert.StartsWith("{\"error\":\"the machine stopped: ", told, StringComparison.Ordinal);
        Assert.EndsWith("\"errno\":5,\"errno_name\":\"EIO\"}", told, StringComparison.Ordinal);
        Assert.Null(client.Receive());
        Assert.Throws<BugcheckException>(server.EndAll);
    }

    [Fact]
    public void A_failure_of_the_tool_ends_the_client_that_met_it_alone_and_is_told()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "s");
        using Socket listener = ServerSocket.Create();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        MachineSettings settings = new();
        using LabMachine lab = LabMachine.Boot(settings);
        using StringWriter told = new();
        using LabServer server = new(lab, new ServerInfo("s", path, Environment.ProcessId, settings), told);
        HostThread accepting = HostThread.Run(() => server.AcceptAll(listener));
        using LineClient other = new(path);
        other.Expect(3, LabScript.CreateHash);
        using LineClient unlucky = new(path);
        unlucky.Expect(3, LabScript.CreateHash);

        // This machine has no network, which no server's machine lacks.
        unlucky.Send("""{"op":"network_run","events_per_cpu":1}""" + "\n");

        Assert.Equal(
            """{"error":"the server cannot go on with this connection: ArgumentNullException, """
            + """see what it wrote to stderr","errno":5,"errno_name":"EIO"}""",
            unlucky.Receive());
        Assert.Null(unlucky.Receive());
        other.Expect(0, """{"op":"close","fd":"h"}""");
        server.Stop();
        accepting.Join();
        server.EndAll();
        Assert.Empty(lab.Shutdown());
        Assert.StartsWith(
            "kernelsim: serve: one client's connection was ended by a failure of the tool: System.ArgumentNullException",
            told.ToString(),
            StringComparison.Ordinal);
    }
}
