using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Operations;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The info of a program that operation 25 returns: <c>ebpf_program_get_info</c>.</summary>
/// <remarks>
/// The caller's info gives the address of an array in its own memory for the map ids. It is read from the request before the reply, which shares its
/// memory, is written, and never trusted: the array is probed, in the caller's process, over the bytes that will be written.
/// </remarks>
internal static unsafe class ProgramDescription
{
    private const int NameOffset = 24; // offsetof(struct bpf_prog_info, name)

    /// <summary>Writes the info; see <see cref="Objects.EbpfObject.WriteInfo"/>.</summary>
    public static EbpfResult Write(in ProtocolCall call, EbpfProgram program, int requestOffset, int replyOffset, out int written)
    {
        written = 0;
        int given = call.RequestLength - requestOffset;
        if (!call.Require(given >= NameOffset, CheckTable.ProgramInfoRequest, given, NameOffset))
        {
            return CheckTable.ProgramInfoRequest.Result;
        }

        uint room = Unsafe.ReadUnaligned<uint>(call.Request + requestOffset + 8);
        ulong address = Unsafe.ReadUnaligned<ulong>(call.Request + requestOffset + 16);
        IReadOnlyList<EbpfMap> maps = program.Maps;
        if (address != 0 && room > 0)
        {
            EbpfResult result = WriteMapIds(call, maps, address, room);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        BpfProgInfo info = new()
        {
            Id = program.Id,
            Type = program.BpfProgType,
            NrMapIds = (uint)maps.Count,
            MapIds = address,
            TypeUuid = program.ProgramType,
            AttachTypeUuid = program.Parameters.AttachType,
            PinnedPathCount = (uint)program.PinnedPathCount,
            LinkCount = (uint)program.LinkCount,
        };

        // strncpy: a name ends at its first zero byte.
        ReadOnlySpan<byte> name = program.Parameters.Name;
        int end = name.IndexOf((byte)0);
        name[..(end < 0 ? name.Length : end)].CopyTo(info.Name);

        written = Math.Min(sizeof(BpfProgInfo), call.ReplyLength - replyOffset);
        Unsafe.CopyBlockUnaligned(call.Reply + replyOffset, &info, (uint)written);
        return EbpfResult.Success;
    }

    /// <summary>Fills as much of the array as the caller has room for; more maps than that are still an error.</summary>
    private static EbpfResult WriteMapIds(in ProtocolCall call, IReadOnlyList<EbpfMap> maps, ulong address, uint room)
    {
        int count = (int)Math.Min((uint)maps.Count, room);
        if (count > 0)
        {
            Span<byte> array = default;
            bool writable = address % sizeof(uint) == 0
                && call.Process is { } process
                && process.Memory.TryAccess(address, (uint)count * sizeof(uint), MemoryAccess.Write, call.Site, out array, out _);
            if (!call.Require(writable, CheckTable.ProgramInfoMapIds, (long)address, count * sizeof(uint)))
            {
                return CheckTable.ProgramInfoMapIds.Result;
            }

            Span<uint> ids = MemoryMarshal.Cast<byte, uint>(array);
            for (int i = 0; i < count; i++)
            {
                ids[i] = maps[i].Id;
            }
        }

        return call.Require(maps.Count <= room, CheckTable.ProgramInfoMapRoom, room, maps.Count)
            ? EbpfResult.Success
            : CheckTable.ProgramInfoMapRoom.Result;
    }
}
