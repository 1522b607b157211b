using KernelSim.Bytecode;
using KernelSim.Nt;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The machine's addresses for those of the host, which programs have in their registers: what a trace or a bugcheck says is the same in each run.
/// Addresses are compared here, and never followed.
/// </summary>
internal static unsafe class MachineAddress
{
    /// <summary>Has only the form of the top of a kernel stack: engines keep a program's on the host's.</summary>
    private const ulong StackTop = 0xFFFF_F880_0010_0000;

    /// <summary>Beyond this distance the nearest region says nothing about an address.</summary>
    private const long Far = 1 << 20;

    /// <summary>What a register holds; the value itself if it is no address of memory that the machine knows.</summary>
    public static ulong Of(Machine machine, in BytecodeRun run, ulong value)
    {
        MemoryRegion stack = run.Stack;
        ulong below = stack.Start + stack.Length - value;
        if (below <= BytecodeRun.MaxFrames * BytecodeRun.FrameSize)
        {
            return StackTop - below;
        }

        ulong place = value > nuint.MaxValue ? 0 : machine.Pool.VirtualAddressOf((byte*)value);
        return place == 0 ? value : place;
    }

    /// <summary>What a bad access reached for, by the region next to it.</summary>
    public static ulong Of(Machine machine, BytecodeFault fault)
    {
        MemoryRegion near = fault.NearestRegion;
        if (fault.Distance is < -Far or > Far)
        {
            return fault.Address;
        }

        ulong start = near.Kind == MemoryRegionKind.Stack ? StackTop - near.Length : machine.Pool.VirtualAddressOf((byte*)near.Start);
        return start == 0 ? fault.Address : start + (fault.Address - near.Start);
    }
}
