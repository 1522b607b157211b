using System.Net.Sockets;
using KernelSim.Nt;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Machines;
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
        using Socket listener = ServerEndpoint.NewSocket();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        MachineSettings settings = new();
        using LabMachine lab = LabMachine.Boot(settings);
        using LabServer server = new(lab, new ServerInfo("s", path, Environment.ProcessId, settings));
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
}
