using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <summary>
/// The kernel's provider, <c>KernelSim-Kernel</c>: everything that happens behind the gate. Each method writes the event of its own
/// name if there is a listener. A loop over elements checks once, with <see cref="EventSource.IsEnabled(EventLevel, EventKeywords)"/> for
/// <see cref="Keywords.Copy"/>, and skips the calls.
/// </summary>
/// <remarks>Sizes and lengths are bytes. A field that names something (a status, a map type, a check) carries the name, not a number.</remarks>
[EventSource(Name = ProviderName)]
public sealed partial class KernelEventSource : TraceProvider
{
    /// <summary>The name of this provider for sessions.</summary>
    public const string ProviderName = "KernelSim-Kernel";

    /// <summary>
    /// What a session asks for that wants everything but single instructions, which outnumber all other events by far. No channel is among
    /// them: with its channel an event is on, whatever its keywords.
    /// </summary>
    public const EventKeywords AllButInstructions = (EventKeywords)uint.MaxValue & ~Keywords.Instruction;

    /// <summary>The only instance: a provider is global in the host process, so there cannot be one per machine.</summary>
    public static readonly KernelEventSource Log = new();

    private KernelEventSource()
    {
    }

    /// <summary>The keywords that a session can enable. The user API's provider uses the same bits.</summary>
    public static class Keywords
    {
        /// <summary>Calls of the user library.</summary>
        public const EventKeywords Api = (EventKeywords)0x1;

        /// <summary>Requests to drivers.</summary>
        public const EventKeywords Ioctl = (EventKeywords)0x2;

        /// <summary>All copies of bytes.</summary>
        public const EventKeywords Copy = (EventKeywords)0x4;

        /// <summary>Checks, passed or not, and refusals.</summary>
        public const EventKeywords Check = (EventKeywords)0x8;

        /// <summary>Creation, deletion and layout of maps.</summary>
        public const EventKeywords Map = (EventKeywords)0x10;

        /// <summary>What processors run in addition to requests.</summary>
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

        /// <summary>Start and end of processes.</summary>
        public const EventKeywords Process = (EventKeywords)0x1000;

        /// <summary>Drivers and their devices.</summary>
        public const EventKeywords Driver = (EventKeywords)0x2000;

        /// <summary>The layout of elements according to application, library and kernel.</summary>
        public const EventKeywords Layout = (EventKeywords)0x4000;

        /// <summary>Records of ring buffers and perf event arrays, and their readers.</summary>
        public const EventKeywords Ring = (EventKeywords)0x8000;

        /// <summary>Programs attached to hooks, and their runs.</summary>
        public const EventKeywords Link = (EventKeywords)0x40000;

        /// <summary>Programs, their providers and their native modules.</summary>
        public const EventKeywords Program = (EventKeywords)0x10000;

        /// <summary>The output of programs.</summary>
        public const EventKeywords Printk = (EventKeywords)0x20000;

        /// <summary>Each instruction that the interpreter executes; see <see cref="AllButInstructions"/>.</summary>
        public const EventKeywords Instruction = (EventKeywords)0x80000;
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
