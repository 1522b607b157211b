using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>The machine and the processes that run on it.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A machine booted.</summary>
    [Event(Ids.MachineStart, Level = EventLevel.Informational, Keywords = Keywords.Machine, Task = Tasks.Machine, Opcode = EventOpcode.Start,
        Channel = EventChannel.Operational, ActivityOptions = EventActivityOptions.Disable,
        Message = "Machine boots with {2} CPUs, seed {3}")]
    public void MachineStart(ulong requestId, int processor, int cpus, ulong seed, ulong sequence = 0) =>
        Write(Ids.MachineStart, requestId, processor, cpus, seed);

    /// <summary>A machine shut down; <paramref name="leaks"/> is the number of lines in its report of leaks.</summary>
    [Event(Ids.MachineStop, Level = EventLevel.Informational, Keywords = Keywords.Machine, Task = Tasks.Machine, Opcode = EventOpcode.Stop,
        Channel = EventChannel.Operational, ActivityOptions = EventActivityOptions.Disable,
        Message = "Machine shuts down with {2} leaks")]
    public void MachineStop(ulong requestId, int processor, int leaks, ulong sequence = 0) =>
        Write(Ids.MachineStop, requestId, processor, leaks);

    /// <summary>A broken rule stopped the machine; <paramref name="text"/> is the code's name, with further details if there are any.</summary>
    [Event(Ids.Bugcheck, Level = EventLevel.Critical, Keywords = Keywords.Machine | Keywords.Fault, Channel = EventChannel.Admin,
        Message = "Request {0}, CPU {1}: bugcheck {2} ({3}, {4}, {5}, {6}): {7}")]
    public void Bugcheck(ulong requestId, int processor, uint code, ulong p1, ulong p2, ulong p3, ulong p4, string text, ulong sequence = 0) =>
        Write(Ids.Bugcheck, requestId, processor, code, p1, p2, p3, p4, text);

    /// <summary>A user process began. On the wire <paramref name="administrator"/> is 0 or 1; <paramref name="heap"/> is packed or guarded.</summary>
    [NonEvent]
    public void ProcessStart(ulong requestId, int processor, int processId, string name, bool administrator, string heap) =>
        ProcessStart(requestId, processor, processId, name, administrator ? YesNo.Yes : YesNo.No, heap);

    [Event(Ids.ProcessStart, Level = EventLevel.Informational, Keywords = Keywords.Process, Task = Tasks.Process, Opcode = EventOpcode.Start,
        Channel = EventChannel.Operational, ActivityOptions = EventActivityOptions.Disable,
        Message = "Process {2} begins: {3}, administrator {4}, {5} heap")]
    private void ProcessStart(
        ulong requestId, int processor, int processId, string name, YesNo administrator, string heap, ulong sequence = 0) =>
        Write(Ids.ProcessStart, requestId, processor, processId, name, administrator, heap);

    /// <summary>A user process ended, by itself, by a fault or by another party.</summary>
    [Event(Ids.ProcessStop, Level = EventLevel.Informational, Keywords = Keywords.Process, Task = Tasks.Process, Opcode = EventOpcode.Stop,
        Channel = EventChannel.Operational, ActivityOptions = EventActivityOptions.Disable,
        Message = "Process {2} ends with {3}")]
    public void ProcessStop(ulong requestId, int processor, int processId, string exitStatus, ulong sequence = 0) =>
        Write(Ids.ProcessStop, requestId, processor, processId, exitStatus);
}
