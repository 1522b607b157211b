using System.Diagnostics.Tracing;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.Nt.Tests;

/// <summary>Events outside of any request, which belong to no request id: found by names that only this test uses.</summary>
public sealed class LifeCycleTraceTests
{
    private static readonly string[] s_marks = ["12648430", "TracedDriver", "traced.exe", "0x2BADF00D"];

    [Fact]
    public void Machine_driver_device_and_process_come_and_go_in_the_trace()
    {
        using EventRecorder recorder = new([KernelEventSource.Log], EventLevel.Informational);
        using (Machine machine = Machine.Boot(new MachineOptions { Processors = 3, Seed = 0xC0FFEE }))
        {
            machine.LoadDriver(new TestDriver { Name = "TracedDriver" }, out DriverObject? driver);
            PsProcess process = machine.Processes.Create(new ProcessOptions { Name = "traced.exe", Administrator = false });
            process.Terminate(new NtStatus(0x2BADF00D));
            machine.UnloadDriver(driver!);
            Stop.By(machine, () => machine.BugCheck(BugcheckCode.BadPoolCaller, 0xC0FFEE));
        }

        Assert.Equal(
            [
                "MachineStart 0 -1 3 12648430",
                "DriverLoad 0 0 TracedDriver STATUS_SUCCESS",
                "ProcessStart 0 -1 8 traced.exe 0 guarded",
                "ProcessStop 0 0 8 0x2BADF00D",
                "DriverUnload 0 0 TracedDriver STATUS_SUCCESS",
                "Bugcheck 0 -1 194 12648430 0 0 0 BadPoolCaller",
            ],
            recorder.Events.Select(e => e.ToString()).Where(text => text.Split(' ').Intersect(s_marks).Any()));
    }
}
