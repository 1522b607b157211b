using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// Maps of an object: upstream's libbpf_map.cpp.
public sealed partial class Libbpf
{
    /// <summary>A map's descriptor, which the object keeps owning.</summary>
    /// <param name="map">The map; null is -EINVAL.</param>
    /// <returns>The descriptor; -1 while the object is not loaded.</returns>
    public int bpf_map__fd(bpf_map? map) => map is null ? Fail(Errno.EINVAL) : map.Fd;

    /// <summary>A map's name; null for null.</summary>
    /// <param name="map">A map of an open object.</param>
    public static string? bpf_map__name(bpf_map? map) => map?.Entry.Name;

    /// <summary>A map's type.</summary>
    /// <param name="map">A map of an open object.</param>
    public static BpfMapType bpf_map__type(bpf_map map) => Checked(map).Entry.Type;

    /// <summary>Bytes in a key.</summary>
    /// <param name="map">A map of an open object.</param>
    public static uint bpf_map__key_size(bpf_map map) => Checked(map).Entry.KeySize;

    /// <summary>Bytes in one CPU's value.</summary>
    /// <param name="map">A map of an open object.</param>
    public static uint bpf_map__value_size(bpf_map map) => Checked(map).Entry.ValueSize;

    /// <summary>The maximum number of entries.</summary>
    /// <param name="map">A map of an open object.</param>
    public static uint bpf_map__max_entries(bpf_map map) => Checked(map).Entry.MaxEntries;

    /// <summary>
    /// Whether <see cref="bpf_map__pin"/> or a related call has pinned it. A map that a native module pins by name is pinned by the kernel,
    /// which is not counted here.
    /// </summary>
    /// <param name="map">A map of an open object.</param>
    public static bool bpf_map__is_pinned(bpf_map map) => Checked(map).IsPinned;

    /// <summary>Sets the default path of <see cref="bpf_map__pin"/>.</summary>
    /// <param name="map">A map of an open object.</param>
    /// <param name="path">The default path; null for none.</param>
    /// <returns>0.</returns>
    public static int bpf_map__set_pin_path(bpf_map map, string? path)
    {
        Checked(map).PinPath = path;
        return 0;
    }

    /// <summary>Pins a map of a loaded object.</summary>
    /// <param name="map">A map of an open object.</param>
    /// <param name="path">The pin path; null for the map's own.</param>
    /// <returns>
    /// 0; -EINVAL without any path, or for a different one than the map's; -EEXIST if something is already pinned there; -EOTHER if it is already
    /// pinned and another path or none is given.
    /// </returns>
    public int bpf_map__pin(bpf_map map, string? path)
    {
        ArgumentNullException.ThrowIfNull(map);
        string? target = path ?? map.PinPath;
        if (target is null)
        {
            return Call(new RefuseCall(map.Fd, CheckTable.ApiMapPinPath, "no path given"));
        }

        if (map.IsPinned)
        {
            return path is not null && path == map.PinPath
                ? Fail(ResultConversions.ToErrno(EbpfResult.ObjectAlreadyExists))
                : Call(new RefuseCall(map.Fd, CheckTable.ApiMapPinned, $"map '{map.Entry.Name}' pinned at '{map.PinPath}' given"));
        }

        if (map.PinPath is not null && target != map.PinPath)
        {
            return Call(new RefuseCall(map.Fd, CheckTable.ApiMapPinPath, $"path '{path}' given, '{map.PinPath}' set"));
        }

        map.PinPath = target;
        int result = bpf_obj_pin(map.Fd, target);
        map.IsPinned = result == 0;
        return result;
    }

    /// <summary>Unpins a map.</summary>
    /// <param name="map">A map of an open object.</param>
    /// <param name="path">The path; null for the one that it has.</param>
    /// <returns>0; -EINVAL without any path, or for a different one than the map's; -ENOENT.</returns>
    public int bpf_map__unpin(bpf_map map, string? path)
    {
        string? target = Checked(map).PinPath ?? path;
        if (target is null || (path is not null && path != target))
        {
            return Call(new RefuseCall(map.Fd, CheckTable.ApiMapPinPath, target is null ? "no path given" : $"path '{path}' given, '{target}' set"));
        }

        if (ebpf_object_unpin(target) != EbpfResult.Success)
        {
            return -(int)errno;
        }

        map.IsPinned = false;
        return 0;
    }

    private static bpf_map Checked(bpf_map map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map;
    }
}
