using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Maps and programs of an object pinned together: upstream's libbpf_object.cpp, libbpf_map.cpp and libbpf_program.cpp.
public sealed partial class Libbpf
{
    private const int PathMax = 260;

    /// <summary>Pins an object's maps and programs below a path; if a program cannot be pinned, unpins the maps again.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="path">Path of the folder.</param>
    /// <returns>0, or the error of the first that could not be pinned.</returns>
    public int bpf_object__pin(bpf_object? obj, string? path)
    {
        int result = bpf_object__pin_maps(obj, path);
        if (result != 0)
        {
            return result;
        }

        result = bpf_object__pin_programs(obj, path);
        if (result != 0)
        {
            Refusal? refusal = LastRefusal;
            bpf_object__unpin_maps(obj, path);
            return Fail((Errno)(-result), refusal);
        }

        return 0;
    }

    /// <summary>Pins an object's maps below a path, or none of them.</summary>
    /// <param name="obj">The object; null is -ENOENT.</param>
    /// <param name="path">Path of the folder; null pins nothing.</param>
    /// <returns>0; -ENAMETOOLONG; the errors of <see cref="bpf_map__pin"/>.</returns>
    public int bpf_object__pin_maps(bpf_object? obj, string? path)
    {
        if (obj is null)
        {
            return Fail(Errno.ENOENT);
        }

        for (int i = 0; path is not null && i < obj.Maps.Count; i++)
        {
            string full = $"{path}/{obj.Maps[i].Entry.Name}";
            int result = full.Length >= PathMax ? -(int)Errno.ENAMETOOLONG : bpf_map__pin(obj.Maps[i], full);
            if (result != 0)
            {
                Refusal? refusal = full.Length >= PathMax ? null : LastRefusal;
                while (--i >= 0)
                {
                    bpf_map__unpin(obj.Maps[i], null);
                }

                return Fail((Errno)(-result), refusal);
            }
        }

        return 0;
    }

    /// <summary>Unpins an object's maps.</summary>
    /// <param name="obj">The object; null is -ENOENT.</param>
    /// <param name="path">Path of the folder; null unpins nothing.</param>
    /// <returns>0, or the error of the first that could not be unpinned.</returns>
    public int bpf_object__unpin_maps(bpf_object? obj, string? path) =>
        ForEachPath(obj, path, obj?.Maps, map => map.Entry.Name!, (map, full) => bpf_map__unpin(map, full));

    /// <summary>Pins an object's programs below a path, each under its section's name with '_' for '/'.</summary>
    /// <param name="obj">The object; null is -ENOENT.</param>
    /// <param name="path">Path of the folder.</param>
    /// <returns>0, or the error of the first that could not be pinned; those before it are unpinned again.</returns>
    public int bpf_object__pin_programs(bpf_object? obj, string? path)
    {
        List<string> pinned = [];
        int result = ForEachPath(obj, path ?? "", obj?.Programs, PinNameOf, (program, full) =>
        {
            int pin = bpf_program__pin(program, full);
            if (pin == 0)
            {
                pinned.Add(full);
            }

            return pin;
        });
        if (result == 0)
        {
            return 0;
        }

        // Upstream builds the right names and then unpins the folder instead, so the pins stay.
        Refusal? refusal = LastRefusal;
        pinned.Reverse();
        pinned.ForEach(full => ebpf_object_unpin(_state.Traits.UnpinsProgramsOnFailure ? full : path ?? ""));
        return _state.Traits.UnpinsProgramsOnFailure ? Fail((Errno)(-result), refusal) : result;
    }

    /// <summary>Unpins an object's programs.</summary>
    /// <param name="obj">The object; null is -ENOENT.</param>
    /// <param name="path">Path of the folder.</param>
    /// <returns>0, or the error of the first that could not be.</returns>
    public int bpf_object__unpin_programs(bpf_object? obj, string? path) =>
        ForEachPath(obj, path ?? "", obj?.Programs, PinNameOf, (program, full) => bpf_program__unpin(program, full));

    private static string PinNameOf(bpf_program program) => program.Entry.Section.Replace('/', '_');

    private int ForEachPath<T>(bpf_object? obj, string? folder, IReadOnlyList<T>? items, Func<T, string> nameOf, Func<T, string, int> act)
    {
        if (obj is null)
        {
            return Fail(Errno.ENOENT);
        }

        foreach (T item in folder is null ? [] : items!)
        {
            string full = $"{folder}/{nameOf(item)}";
            int result = full.Length >= PathMax ? Fail(Errno.ENAMETOOLONG) : act(item, full);
            if (result != 0)
            {
                return result;
            }
        }

        return 0;
    }
}
