using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.LabScripts;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>Reads every map of a machine through a process of its own, which the program that is judged has no part in.</summary>
internal static class KernelMaps
{
    private const uint MostKeyBytes = 1 << 16;

    /// <summary>The maps, by id.</summary>
    public static IReadOnlyList<MapFact> ReadAll(LabMachine lab)
    {
        PsProcess process = lab.Start(new ProcessOptions { Name = "judge.exe" });
        using Libbpf library = new(process.Gate);
        using UserBlocks blocks = new(process.Gate);
        ulong next = blocks.AllocateZeroed(sizeof(uint));
        List<MapFact> maps = [];
        for (uint id = 0; library.bpf_map_get_next_id(id, next) == 0;)
        {
            id = MemoryMarshal.Read<uint>(blocks.Read(next, sizeof(uint)));
            int fd = library.bpf_map_get_fd_by_id(id);
            if (fd >= 0)
            {
                maps.Add(Read(library, blocks, fd));
                library.close(fd);
            }
        }

        return maps;
    }

    private static MapFact Read(Libbpf library, UserBlocks blocks, int fd)
    {
        uint size = (uint)Unsafe.SizeOf<BpfMapInfo>();
        ulong room = blocks.AllocateZeroed(size);
        library.bpf_obj_get_info_by_fd(fd, room, blocks.Copy(BitConverter.GetBytes(size)));
        BpfMapInfo info = MemoryMarshal.Read<BpfMapInfo>(blocks.Read(room, size));
        int cpus = library.libbpf_num_possible_cpus();
        SortedDictionary<string, string> elements = new(StringComparer.Ordinal);
        if (PerCpuLayout.TryCreate(info.Type, info.ValueSize, cpus, out PerCpuLayout layout)
            && info.KeySize is > 0 and <= MostKeyBytes
            && layout.Total <= UserBlocks.LargestBlock)
        {
            ulong spare = blocks.AllocateZeroed(info.KeySize);
            ulong next = blocks.AllocateZeroed(info.KeySize);
            ulong value = blocks.AllocateZeroed(layout.Total);
            for (ulong key = 0; library.bpf_map_get_next_key(fd, key, next) == 0; (next, spare) = (spare, next))
            {
                key = next;
                if (library.bpf_map_lookup_elem(fd, key, value) == 0)
                {
                    elements[Hex.Of(blocks.Read(key, info.KeySize))] = Hex.Of(blocks.Read(value, layout.Total));
                }
            }
        }

        return new MapFact(
            info.Name.ToString(),
            BpfMapTypeNames.NameOf(info.Type) ?? $"{(uint)info.Type}",
            info.KeySize,
            info.ValueSize,
            info.MaxEntries,
            elements);
    }
}
