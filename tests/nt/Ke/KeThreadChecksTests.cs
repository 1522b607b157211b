using KernelSim.Nt.Ke;
using KernelSim.Protocol.Checks;

namespace KernelSim.Nt.Tests.Ke;

public sealed class KeThreadChecksTests
{
    [Fact]
    public void The_last_refusal_is_the_callers_even_if_a_listener_of_its_events_makes_checks()
    {
        using MachineEvents events = new(besideOthers: true);
        using Machine machine = Machine.Boot(new MachineOptions { RequestIdBase = events.RequestIdBase });
        using KernelScope scope = machine.EnterKernel();
        KeThread current = scope.Thread;
        current.RequestId = events.RequestIdBase + 1;
        events.OnEvent = _ => current.Require(false, SystemChecks.IoMethodBuffered, site: null, 1, 0);

        Assert.False(current.Require(false, SystemChecks.IoProbeInput, "test", 3, 8));
        events.OnEvent = null;

        Assert.Single(events.Named("InvalidArgument"));
        Assert.Same(SystemChecks.IoProbeInput, current.LastRefused);
    }
}
