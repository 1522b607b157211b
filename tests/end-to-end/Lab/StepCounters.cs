using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>Modules that count packets, bytes and runts in one value, some rightly and some not.</summary>
internal static unsafe class StepCounters
{
    private const uint PacketRunt = 64;

    private static uint* Find(EbpfProgramContext context)
    {
        uint key = 0;
        return (uint*)context.MapLookupElem(context.Map(0), (byte*)&key);
    }

    /// <summary>Reads, adds and writes.</summary>
    internal static class Plain
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            value[0]++;
            value[1] += length;
            value[2] += length < PacketRunt ? 1u : 0;

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>The same in a slot of each processor.</summary>
    internal static class OwnSlot
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.PercpuArray, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            value[0]++;
            value[1] += length;
            value[2] += length < PacketRunt ? 1u : 0;

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Reads, adds and writes in one operation.</summary>
    internal static class Atomic
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            Interlocked.Increment(ref value[0]);
            Interlocked.Add(ref value[1], length);
            Interlocked.Add(ref value[2], length < PacketRunt ? 1u : 0);

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Tries again where another run has written meanwhile.</summary>
    internal static class Retrying
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private static void Add(uint* number, uint more)
        {
            uint read;
            do
            {
                read = *number;
            }
            while (Interlocked.CompareExchange(ref *number, read + more, read) != read);
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            Add(value, 1);
            Add(value + 1, length);
            Add(value + 2, length < PacketRunt ? 1u : 0);

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Has a spin lock in the highest bit of the third number.</summary>
    internal static class Locking
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private const uint Held = 0x8000_0000;

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            uint* held = value + 2;
            uint free;
            do
            {
                free = *held & ~Held;
            }
            while (Interlocked.CompareExchange(ref *held, free | Held, free) != free);

            value[0]++;
            value[1] += length;
            Interlocked.Exchange(ref *held, (*held & ~Held) + (length < PacketRunt ? 1u : 0));

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Keeps its sum outside of the map.</summary>
    internal static class Keeping
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private static uint s_kept;

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            s_kept += length;
            value[1] = s_kept;

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Has an exception handler.</summary>
    internal static class Trying
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            try
            {
                value[1] += length;
            }
            finally
            {
                value[0]++;
            }

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Adds in a generic method.</summary>
    internal static class Generic
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private static void Add<T>(uint* number, T more)
            where T : struct =>
            *number += more is uint m ? m : 0;

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            Add(Find(context), 1u);

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Adds in a method that is called through an interface.</summary>
    internal static class Virtual
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private interface IAdder
        {
            void Add(uint* number);
        }

        private struct Adder : IAdder
        {
            public readonly void Add(uint* number) => ++*number;
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            Adder adder = default;
            adder.Add(Find(context));

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Adds in a constructor.</summary>
    internal static class Constructing
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        private readonly struct Added
        {
            public Added(uint* number) => Number = ++*number;

            public uint Number { get; }
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            _ = new Added(Find(context)).Number;

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Adds in a method that takes a lock.</summary>
    internal static class Synchronized
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [MethodImpl(MethodImplOptions.Synchronized)]
        private static void Add(uint* number) => ++*number;

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            Add(Find(context));

            return (uint)XdpAction.Pass;
        }
    }

    /// <summary>Has loops, a switch, and numbers of all kinds.</summary>
    internal static class Branching
    {
        internal enum Maps
        {
            [EbpfMap(BpfMapType.Array, Name = "stats", KeySize = 4, ValueSize = 12, MaxEntries = 1)]
            Stats,
        }

        [EbpfProgram("xdp/count", Maps = [0], Helpers = [(uint)BpfFuncId.MapLookupElem])]
        internal static uint Count(EbpfProgramContext context)
        {
            uint* value = Find(context);
            uint length = (uint)context.Data.Length;
            for (uint i = 0; i < length; i++)
            {
                switch (i % 5)
                {
                    case 0:
                        value[0] += 3;
                        break;
                    case 1:
                        value[1] += i > 10 ? i : 1;
                        break;
                    case 2 when length % 2 == 0:
                        value[2] += (uint)(1.5 * i);
                        break;
                    case 3:
                        continue;
                    default:
                        value[2] += (uint)(0x1_0000_0000L / (i + 1) % 7);
                        break;
                }
            }

            return (uint)XdpAction.Pass;
        }
    }
}
