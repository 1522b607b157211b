using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <summary>
/// The kernel's provider, <c>KernelSim-Kernel</c>: everything that happens behind the gate. Each method writes the event of its own
/// name if somebody listens. A loop over elements asks once, with <see cref="EventSource.IsEnabled(EventLevel, EventKeywords)"/> for
/// <see cref="Keywords.Copy"/>, and skips the calls.
/// </summary>
/// <remarks>Sizes and lengths are bytes. A field that names something (a status, a map type, a check) carries the name, not a number.</remarks>
[EventSource(Name = ProviderName)]
public sealed class KernelEventSource : TraceProvider
{
    /// <summary>What sessions call this provider.</summary>
    public const string ProviderName = "KernelSim-Kernel";

    /// <summary>The only instance: a provider is known to the host process by its name, so there cannot be one per machine.</summary>
    public static readonly KernelEventSource Log = new();

    private KernelEventSource()
    {
    }

    /// <summary>A control request reached the I/O manager.</summary>
    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Ioctl, Task = Tasks.Ioctl, Opcode = EventOpcode.Start,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}, CPU {1}: process {2} sends {3}, {4} bytes, with room for {5}")]
    public void IoctlStart(ulong requestId, int processor, int processId, string operation, long inputLength, long outputLength)
    {
        if (IsOn(EventLevel.Informational, Keywords.Ioctl))
        {
            Write(1, requestId, processor, processId, operation, inputLength, outputLength);
        }
    }

    /// <summary>A control request completed; <paramref name="information"/> is the length of its reply.</summary>
    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Ioctl, Task = Tasks.Ioctl, Opcode = EventOpcode.Stop,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}, CPU {1}: {2} completes with {3}, {4} bytes")]
    public void IoctlStop(ulong requestId, int processor, string operation, string status, long information)
    {
        if (IsOn(EventLevel.Informational, Keywords.Ioctl))
        {
            Write(2, requestId, processor, operation, status, information);
        }
    }

    /// <summary>
    /// Bytes moved; <paramref name="stage"/> is one of <see cref="CopyStage"/>. Element and slot are -1 where the copy is of a whole
    /// message, slot is -1 where it is of all CPUs' slots.
    /// </summary>
    [Event(3, Level = EventLevel.Verbose, Keywords = Keywords.Copy,
        Message = "Request {0}, CPU {1}: {2} element {3} slot {4}, {7} bytes from {5} to {6}")]
    public void Copy(ulong requestId, int processor, string stage, long element, int slot, ulong source, ulong destination, long bytes)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Copy))
        {
            Write(3, requestId, processor, stage, element, slot, source, destination, bytes);
        }
    }

    /// <summary>A check compared two numbers. On the wire <paramref name="passed"/> is 0 or 1.</summary>
    [NonEvent]
    public void SizeCheck(ulong requestId, int processor, string check, string what, long given, long expected, bool passed)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Check))
        {
            SizeCheck(requestId, processor, check, what, given, expected, passed ? 1 : 0);
        }
    }

    [Event(4, Level = EventLevel.Verbose, Keywords = Keywords.Check,
        Message = "Request {0}, CPU {1}: {2} compares {3}, given {4}, expected {5}, passed {6}")]
    private void SizeCheck(ulong requestId, int processor, string check, string what, long given, long expected, int passed) =>
        Write(4, requestId, processor, check, what, given, expected, passed);

    /// <summary>A check refused a request.</summary>
    [Event(5, Level = EventLevel.Warning, Keywords = Keywords.Check,
        Message = "Request {0}, CPU {1}: {2} refuses at {3}: {4}, {5}, {6}")]
    public void InvalidArgument(ulong requestId, int processor, string check, string site, string result, string status, string errno)
    {
        if (IsOn(EventLevel.Warning, Keywords.Check))
        {
            Write(5, requestId, processor, check, site, result, status, errno);
        }
    }

    /// <summary>The kernel found user memory that it could not reach, or a user process ended by a fault.</summary>
    [Event(6, Level = EventLevel.Error, Keywords = Keywords.Fault,
        Message = "Request {0}, CPU {1}: process {2} cannot {3} {5} bytes at {4}, from {6}")]
    public void AccessViolation(ulong requestId, int processor, int processId, string access, ulong address, long length, string site)
    {
        if (IsOn(EventLevel.Error, Keywords.Fault))
        {
            Write(6, requestId, processor, processId, access, address, length, site);
        }
    }

    /// <summary>A driver marked a request pending: it will be completed later.</summary>
    [Event(7, Level = EventLevel.Verbose, Keywords = Keywords.Irp,
        Message = "Request {0}, CPU {1}: {3} of process {2} is pending")]
    public void IrpPending(ulong requestId, int processor, int processId, string operation)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Irp))
        {
            Write(7, requestId, processor, processId, operation);
        }
    }

    /// <summary>A pending request was asked to end early.</summary>
    [Event(8, Level = EventLevel.Informational, Keywords = Keywords.Irp,
        Message = "Request {0}, CPU {1}: {3} of process {2} is cancelled")]
    public void IrpCancel(ulong requestId, int processor, int processId, string operation)
    {
        if (IsOn(EventLevel.Informational, Keywords.Irp))
        {
            Write(8, requestId, processor, processId, operation);
        }
    }

    /// <summary>A machine booted.</summary>
    [Event(9, Level = EventLevel.Informational, Keywords = Keywords.Machine, Task = Tasks.Machine, Opcode = EventOpcode.Start,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Machine boots with {2} CPUs, seed {3}")]
    public void MachineStart(ulong requestId, int processor, int cpus, ulong seed)
    {
        if (IsOn(EventLevel.Informational, Keywords.Machine))
        {
            Write(9, requestId, processor, cpus, seed);
        }
    }

    /// <summary>A machine shut down; <paramref name="leaks"/> counts the lines of its report of what was still outstanding.</summary>
    [Event(10, Level = EventLevel.Informational, Keywords = Keywords.Machine, Task = Tasks.Machine, Opcode = EventOpcode.Stop,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Machine shuts down with {2} leaks")]
    public void MachineStop(ulong requestId, int processor, int leaks)
    {
        if (IsOn(EventLevel.Informational, Keywords.Machine))
        {
            Write(10, requestId, processor, leaks);
        }
    }

    /// <summary>A machine stopped itself over a broken rule; <paramref name="text"/> is the code's name, and more where there is more to say.</summary>
    [Event(11, Level = EventLevel.Critical, Keywords = Keywords.Machine | Keywords.Fault,
        Message = "Request {0}, CPU {1}: bugcheck {2} ({3}, {4}, {5}, {6}): {7}")]
    public void Bugcheck(ulong requestId, int processor, uint code, ulong p1, ulong p2, ulong p3, ulong p4, string text)
    {
        if (IsOn(EventLevel.Critical, Keywords.Machine | Keywords.Fault))
        {
            Write(11, requestId, processor, code, p1, p2, p3, p4, text);
        }
    }

    /// <summary>A user process began. On the wire <paramref name="administrator"/> is 0 or 1; <paramref name="heap"/> is packed or guarded.</summary>
    [NonEvent]
    public void ProcessStart(ulong requestId, int processor, int processId, string name, bool administrator, string heap)
    {
        if (IsOn(EventLevel.Informational, Keywords.Process))
        {
            ProcessStart(requestId, processor, processId, name, administrator ? 1 : 0, heap);
        }
    }

    [Event(12, Level = EventLevel.Informational, Keywords = Keywords.Process, Task = Tasks.Process, Opcode = EventOpcode.Start,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Process {2} begins: {3}, administrator {4}, {5} heap")]
    private void ProcessStart(ulong requestId, int processor, int processId, string name, int administrator, string heap) =>
        Write(12, requestId, processor, processId, name, administrator, heap);

    /// <summary>A user process ended, by itself, by a fault or by somebody else.</summary>
    [Event(13, Level = EventLevel.Informational, Keywords = Keywords.Process, Task = Tasks.Process, Opcode = EventOpcode.Stop,
        ActivityOptions = EventActivityOptions.Disable,
        Message = "Process {2} ends with {3}")]
    public void ProcessStop(ulong requestId, int processor, int processId, string exitStatus)
    {
        if (IsOn(EventLevel.Informational, Keywords.Process))
        {
            Write(13, requestId, processor, processId, exitStatus);
        }
    }

    /// <summary>A driver's entry point returned.</summary>
    [Event(14, Level = EventLevel.Informational, Keywords = Keywords.Driver,
        Message = "Driver {2} loads: {3}")]
    public void DriverLoad(ulong requestId, int processor, string name, string status)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(14, requestId, processor, name, status);
        }
    }

    /// <summary>A driver was asked to unload.</summary>
    [Event(15, Level = EventLevel.Informational, Keywords = Keywords.Driver,
        Message = "Driver {2} unloads: {3}")]
    public void DriverUnload(ulong requestId, int processor, string name, string status)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(15, requestId, processor, name, status);
        }
    }

    /// <summary>A driver created a named device.</summary>
    [Event(16, Level = EventLevel.Informational, Keywords = Keywords.Driver,
        Message = "Device {2} appears")]
    public void DeviceCreate(ulong requestId, int processor, string name)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(16, requestId, processor, name);
        }
    }

    /// <summary>A process got a handle.</summary>
    [Event(17, Level = EventLevel.Verbose, Keywords = Keywords.Object,
        Message = "Request {0}, CPU {1}: process {2} gets handle {3} of a {4}")]
    public void HandleCreate(ulong requestId, int processor, int processId, long handle, string objectType)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Object))
        {
            Write(17, requestId, processor, processId, handle, objectType);
        }
    }

    /// <summary>A process closed a handle, or its end did.</summary>
    [Event(18, Level = EventLevel.Verbose, Keywords = Keywords.Object,
        Message = "Request {0}, CPU {1}: process {2} closes handle {3} of a {4}")]
    public void HandleClose(ulong requestId, int processor, int processId, long handle, string objectType)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Object))
        {
            Write(18, requestId, processor, processId, handle, objectType);
        }
    }

    /// <summary>A processor runs a deferred procedure call.</summary>
    [Event(19, Level = EventLevel.Verbose, Keywords = Keywords.Sched,
        Message = "Request {0}, CPU {1}: runs DPC {2}")]
    public void DpcRun(ulong requestId, int processor, string routine)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Sched))
        {
            Write(19, requestId, processor, routine);
        }
    }

    /// <summary>Pool handed out a block; <paramref name="tag"/> is its four characters, a string that the caller keeps at hand.</summary>
    [Event(20, Level = EventLevel.Verbose, Keywords = Keywords.Pool,
        Message = "Request {0}, CPU {1}: pool gives {3} bytes, tag {2}, at {4}")]
    public void PoolAllocate(ulong requestId, int processor, string tag, long bytes, ulong address)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Pool))
        {
            Write(20, requestId, processor, tag, bytes, address);
        }
    }

    /// <summary>Pool took a block back.</summary>
    [Event(21, Level = EventLevel.Verbose, Keywords = Keywords.Pool,
        Message = "Request {0}, CPU {1}: pool takes back {3} bytes, tag {2}, at {4}")]
    public void PoolFree(ulong requestId, int processor, string tag, long bytes, ulong address)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Pool))
        {
            Write(21, requestId, processor, tag, bytes, address);
        }
    }

    /// <summary>A map came to be. The sizes are those it was created with; <paramref name="type"/> is bpftool's name.</summary>
    [Event(22, Level = EventLevel.Informational, Keywords = Keywords.Map,
        Message = "Request {0}, CPU {1}: map {2} '{3}' appears: {4}, key {5}, value {6}, at most {7} entries")]
    public void MapCreate(
        ulong requestId, int processor, long mapId, string name, string type, long keySize, long valueSize, long maxEntries)
    {
        if (IsOn(EventLevel.Informational, Keywords.Map))
        {
            Write(22, requestId, processor, mapId, name, type, keySize, valueSize, maxEntries);
        }
    }

    /// <summary>A map lost its last reference. It says again what the map was, for traces that began after its creation.</summary>
    [Event(23, Level = EventLevel.Informational, Keywords = Keywords.Map,
        Message = "Request {0}, CPU {1}: map {2} '{3}' goes: {4}, key {5}, value {6}, at most {7} entries")]
    public void MapDelete(
        ulong requestId, int processor, long mapId, string name, string type, long keySize, long valueSize, long maxEntries)
    {
        if (IsOn(EventLevel.Informational, Keywords.Map))
        {
            Write(23, requestId, processor, mapId, name, type, keySize, valueSize, maxEntries);
        }
    }

    /// <summary>
    /// What the kernel believes about a map's elements while it serves a request: the kernel's testimony beside the library's
    /// (<see cref="UserApiEventSource.BatchLayout(ulong, string, long, long, long, long, int, long)"/>) and the application's.
    /// </summary>
    [Event(24, Level = EventLevel.Informational, Keywords = Keywords.Map | Keywords.Layout,
        Message = "Request {0}, CPU {1}: kernel has map {2} with key {3}, value {4}, stride {5}, {6} bytes an element on {7} CPUs")]
    public void MapLayout(ulong requestId, int processor, long mapId, long keySize, long valueSize, long stride, long total, int cpus)
    {
        if (IsOn(EventLevel.Informational, Keywords.Map | Keywords.Layout))
        {
            Write(24, requestId, processor, mapId, keySize, valueSize, stride, total, cpus);
        }
    }

    /// <summary>The published epoch moved on, and what no reader can reach any more was freed.</summary>
    [Event(25, Level = EventLevel.Verbose, Keywords = Keywords.Epoch,
        Message = "CPU {1}: epoch {2} published, {3} released, {4} blocks freed")]
    public void EpochAdvance(ulong requestId, int processor, long published, long released, long freedBlocks)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Epoch))
        {
            Write(25, requestId, processor, published, released, freedBlocks);
        }
    }

    /// <summary>Memory was replaced or removed and waits for the readers of its epoch to leave.</summary>
    [Event(26, Level = EventLevel.Verbose, Keywords = Keywords.Epoch,
        Message = "Request {0}, CPU {1}: {2} bytes at {3} retire in epoch {4}")]
    public void EpochRetire(ulong requestId, int processor, long bytes, ulong address, long epoch)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Epoch))
        {
            Write(26, requestId, processor, bytes, address, epoch);
        }
    }

    /// <summary>What a session can ask for. The user API's provider has the same bits.</summary>
    public static class Keywords
    {
        /// <summary>Calls of the user library.</summary>
        public const EventKeywords Api = (EventKeywords)0x1;

        /// <summary>Requests to drivers.</summary>
        public const EventKeywords Ioctl = (EventKeywords)0x2;

        /// <summary>Every movement of bytes.</summary>
        public const EventKeywords Copy = (EventKeywords)0x4;

        /// <summary>Checks, passed or not, and refusals.</summary>
        public const EventKeywords Check = (EventKeywords)0x8;

        /// <summary>Maps that come and go, and their layout.</summary>
        public const EventKeywords Map = (EventKeywords)0x10;

        /// <summary>What processors run besides requests.</summary>
        public const EventKeywords Sched = (EventKeywords)0x20;

        /// <summary>Access violations and bugchecks.</summary>
        public const EventKeywords Fault = (EventKeywords)0x40;

        /// <summary>Requests that pend or are cancelled.</summary>
        public const EventKeywords Irp = (EventKeywords)0x80;

        /// <summary>Epochs and the memory that waits for them.</summary>
        public const EventKeywords Epoch = (EventKeywords)0x100;

        /// <summary>Kernel memory.</summary>
        public const EventKeywords Pool = (EventKeywords)0x200;

        /// <summary>Handles.</summary>
        public const EventKeywords Object = (EventKeywords)0x400;

        /// <summary>Boot, shutdown and bugcheck.</summary>
        public const EventKeywords Machine = (EventKeywords)0x800;

        /// <summary>Processes that begin and end.</summary>
        public const EventKeywords Process = (EventKeywords)0x1000;

        /// <summary>Drivers and their devices.</summary>
        public const EventKeywords Driver = (EventKeywords)0x2000;

        /// <summary>What application, library and kernel each believe about the layout of elements.</summary>
        public const EventKeywords Layout = (EventKeywords)0x4000;
    }

    /// <summary>The pairs of Start and Stop events.</summary>
    public static class Tasks
    {
        /// <summary><see cref="IoctlStart"/>, <see cref="IoctlStop"/>.</summary>
        public const EventTask Ioctl = (EventTask)1;

        /// <summary><see cref="MachineStart"/>, <see cref="MachineStop"/>.</summary>
        public const EventTask Machine = (EventTask)2;

        /// <summary>ProcessStart, <see cref="ProcessStop"/>.</summary>
        public const EventTask Process = (EventTask)3;
    }
}
