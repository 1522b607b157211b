using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Links;

[Collection(TraceCollection.Name)]
public class LinkTraceTests
{
    [Fact]
    public void A_trace_tells_who_was_attached_where_what_it_returned_and_when_it_went()
    {
        using MachineEvents listener = new();
        using LinkMachine machine = new(machine: new MachineOptions { RequestIdBase = listener.RequestIdBase });
        NtHandle program = machine.Program(BpfAttachType.Sample, 6);
        NtHandle link = machine.Link(program, BpfAttachType.Sample, 1, 2);
        long linkId = machine.Info(link).Id;
        using (KernelScope kernel = machine.Machine.EnterKernel(null, processor: 0))
        {
            kernel.Thread.RequestId = listener.RequestIdBase + 1000; // the listener tells machines apart by it
            machine.Happen(out _);
        }

        machine.Unlink(link).Expect(EbpfResult.Success);
        RecordedEvent attach = Assert.Single(listener.Events, e => e.Name == "LinkAttach" && e.Number("linkId") == linkId);
        Assert.Equal(("sample_ext", 2L), (attach.Text("attachType"), attach.Number("dataBytes")));
        RecordedEvent invoke = Assert.Single(listener.Events, e => e.Name == "HookInvoke" && e.Number("linkId") == linkId);
        Assert.Equal((6L, "EBPF_SUCCESS"), (invoke.Number("result"), invoke.Text("status")));
        Assert.Equal(attach.Number("programId"), invoke.Number("programId"));
        Assert.Single(listener.Events, e => e.Name == "ExtensionAttach" && e.Number("linkId") == linkId);
        Assert.Single(listener.Events, e => e.Name == "ExtensionDetach" && e.Number("linkId") == linkId);
        Assert.Single(listener.Events, e => e.Name == "LinkDetach" && e.Number("linkId") == linkId);
    }
}
