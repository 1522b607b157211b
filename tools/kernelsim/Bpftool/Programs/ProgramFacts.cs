using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>What is known of a program.</summary>
/// <param name="Info">The kernel's facts.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="MapIds">The ids of its maps.</param>
/// <param name="InstructionBytes">The bytes of its instructions; 0 of a native program.</param>
internal sealed record ProgramFacts(BpfProgInfo Info, ulong Tag, uint[] MapIds, int InstructionBytes)
{
    /// <summary>Asks for them.</summary>
    /// <param name="kernel">Whom.</param>
    /// <param name="fd">The program's descriptor.</param>
    /// <param name="facts">The facts; null on failure.</param>
    /// <returns>0, or an errno, negated.</returns>
    public static int Find(BpftoolKernel kernel, int fd, out ProgramFacts? facts)
    {
        facts = null;
        BpfProgInfo info = default;
        int result = kernel.GetInfo(fd, ref info);
        if (result == 0)
        {
            int bytes = kernel.ListingOf(info.Id)?.Bytes.Length ?? 0;
            facts = new ProgramFacts(info, ProgramTag.Of(kernel, fd), MapsOf(kernel, fd, info.NrMapIds), bytes);
        }

        return result;
    }

    private static uint[] MapsOf(BpftoolKernel kernel, int fd, uint count)
    {
        using HeapBlock room = new(kernel.Memory, count * sizeof(uint));
        BpfProgInfo info = new() { NrMapIds = count, MapIds = room.Address };
        if (count == 0 || kernel.GetInfo(fd, ref info) != 0)
        {
            return [];
        }

        room.Pull();
        return [.. Enumerable.Range(0, (int)Math.Min(count, info.NrMapIds)).Select(i => BitConverter.ToUInt32(room.Bytes, i * sizeof(uint)))];
    }
}
