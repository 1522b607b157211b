using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A map that a session has opened, for a typed map to take over.</summary>
internal readonly record struct OpenedMap(int Descriptor, MapShape Shape);

// What the Create and Open methods share, which are in the files of the maps' classes.
public sealed partial class BpfSession
{
    private OpenedMap Create<TKey, TValue>(BpfMapType type, string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => Create(type, name, Unsafe.SizeOf<TKey>(), Unsafe.SizeOf<TValue>(), maxEntries);

    private OpenedMap Create(BpfMapType type, string name, int keySize, int valueSize, uint maxEntries)
    {
        ArgumentNullException.ThrowIfNull(name);
        EbpfMapDefinition definition = new()
        {
            Type = type,
            KeySize = (uint)keySize,
            ValueSize = (uint)valueSize,
            MaxEntries = maxEntries,
        };
        CallOutcome outcome = Library.WithString(name, address =>
        {
            CreateMapCall call = new(definition, address, options: 0);
            return Library.Execute(nameof(Libbpf.bpf_map_create), ref call);
        });
        return Opened(type, Require($"map '{name}': {nameof(Libbpf.bpf_map_create)}", outcome), keySize, valueSize);
    }

    private OpenedMap CreateOfMaps(BpfMapType type, string name, int keySize, BpfMap template, uint maxEntries)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(template);
        if (template.Session != this)
        {
            throw new ArgumentException($"{template} is open in another session than this; open it here by its id.", nameof(template));
        }

        MapCreateOptions options = new(Unsupported: 0, template.Descriptor);
        CallOutcome outcome = Library.WithString(name, address =>
        {
            CreateMapPlainCall call = new(type, address, (uint)keySize, MapTypeTable.ObjectValueBytes, maxEntries, options);
            return Library.Execute(nameof(Libbpf.bpf_create_map_in_map), ref call);
        });
        int fd = Require($"map '{name}': {nameof(Libbpf.bpf_create_map_in_map)}", outcome);
        return Opened(type, fd, keySize, (int)MapTypeTable.ObjectValueBytes);
    }

    private OpenedMap Open<TKey, TValue>(BpfMapType type, uint id)
        where TKey : unmanaged
        where TValue : unmanaged => Open(type, id, Unsafe.SizeOf<TKey>(), Unsafe.SizeOf<TValue>());

    private OpenedMap Open(BpfMapType type, uint id, int keySize, int valueSize)
    {
        const string Function = nameof(Libbpf.bpf_map_get_fd_by_id);
        int fd = Require(Function, $"map of id {id}: {Function}", new OpenByIdCall(EbpfOperationId.GetMapHandleById, id));
        return Opened(type, fd, keySize, valueSize);
    }

    private OpenedMap Opened(BpfMapType type, int fd, int keySize, int valueSize)
    {
        DescribeMapCall describe = new(fd, type, keySize, valueSize);
        try
        {
            Execute("BpfSession.Open", map: null, ref describe);
        }
        catch (BpfException)
        {
            Library.close(fd);
            throw;
        }

        return new OpenedMap(fd, describe.Shape!);
    }
}
