using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// Object files of bytecode: upstream's _ebpf_object_create_maps and _ebpf_object_load_programs.
public sealed partial class Libbpf
{
    private const string LoadName = nameof(bpf_object__load);

    /// <summary>Creates the maps of an object, loads its programs, and fills the maps that hold others.</summary>
    private int LoadBytecode(bpf_object @object, BpfObjectFile file)
    {
        int result = CreateMaps(@object);
        if (result == 0)
        {
            // Whether or not its programs load, it has been loaded.
            @object.IsLoaded = true;
            result = LoadPrograms(@object, file);
            result = result == 0 ? FillMaps(@object, file) : result;
        }

        if (result < 0)
        {
            Refusal? refusal = LastRefusal;
            bpf_object__unload(@object);
            return Fail((Errno)(-result), refusal);
        }

        return 0;
    }

    /// <summary>Creates the maps, templates first. If one cannot be created, those that were pinned are unpinned again.</summary>
    private int CreateMaps(bpf_object @object)
    {
        int result = 0;
        foreach (bpf_map map in @object.Maps.OrderBy(m => m.Source!.InnerIndex is null ? 0 : 1))
        {
            result = CreateMap(@object, map);
            if (result < 0)
            {
                break;
            }
        }

        if (result < 0)
        {
            Refusal? refusal = LastRefusal;
            foreach (bpf_map map in @object.Maps.Where(m => m is { IsPinned: true, IsReused: false }))
            {
                bpf_map__unpin(map, null);
            }

            return Fail((Errno)(-result), refusal);
        }

        return 0;
    }

    private int CreateMap(bpf_object @object, bpf_map map)
    {
        if (map.Entry.Pinning == EbpfPinType.ByName && Reuse(map) is { } reused)
        {
            return reused;
        }

        int inner = 0;
        bool isTemporary = false;
        if (map.Source!.InnerIndex is { } index)
        {
            inner = @object.Maps[index].Fd;
        }
        else if (map.Source.Inner is { } template)
        {
            inner = Create(template, $"{map.Entry.Name}.inner", 0);
            isTemporary = true;
            if (inner < 0)
            {
                return inner;
            }
        }

        int fd = Create(map.Source, map.Entry.Name!, inner);
        if (isTemporary)
        {
            close(inner);
        }

        if (fd < 0)
        {
            return fd;
        }

        map.Fd = fd;
        int result = map.Source.Contents.IsEmpty ? 0 : Put(fd, map.Source.Contents.Span);
        return result == 0 && map.PinPath is not null && !map.IsPinned ? bpf_map__pin(map, null) : result;
    }

    private int Create(ObjectMap map, string name, int inner) => WithString(name, address => Call(
        new CreateMapPlainCall(map.Type, address, map.KeySize, map.ValueSize, map.MaxEntries, new MapCreateOptions(0, inner)), LoadName));

    /// <summary>
    /// Takes the map that is pinned under the map's path, if there is one: <c>_ebpf_object_reuse_map</c>. Null if there is none.
    /// </summary>
    private int? Reuse(bpf_map map)
    {
        int fd = bpf_obj_get(map.PinPath!);
        if (fd < 0)
        {
            return null;
        }

        if (!IsLike(fd, map.Source!))
        {
            close(fd);
            string given = $"map '{map.Entry.Name}' with another definition pinned at '{map.PinPath}' given";
            return Call(new RefuseCall(-1, CheckTable.ApiObjectReuse, given), LoadName);
        }

        map.Fd = fd;
        map.IsPinned = map.IsReused = true;
        return 0;
    }

    private int LoadPrograms(bpf_object @object, BpfObjectFile file)
    {
        foreach (bpf_program program in @object.Programs.Where(p => p.Autoload))
        {
            if (ExternOf(program.Source!, file) is { } name)
            {
                return Call(new RefuseCall(-1, CheckTable.ApiObjectExtern, $"extern '{name}' used by program '{program.Entry.Name}'"), LoadName);
            }

            program.Fd = LoadProgram(@object, program);
            if (program.Fd < 0)
            {
                return -(int)errno;
            }
        }

        return SetProgramFlags(@object) is var error and not Errno.None ? Fail(error, LastRefusal) : 0;
    }

    /// <summary>The first extern that a program cannot do without: the driver gives programs none.</summary>
    private static string? ExternOf(ObjectProgram program, BpfObjectFile file) =>
        program.ExternReferences.Select(r => file.Externs[r.Extern]).FirstOrDefault(e => !e.IsWeak)?.Name;

    /// <summary>Puts maps and programs of the object into those of its maps that hold such.</summary>
    private int FillMaps(bpf_object @object, BpfObjectFile file)
    {
        foreach (bpf_map map in @object.Maps.Where(m => !m.IsReused))
        {
            foreach (InitialValue value in map.Source!.InitialValues)
            {
                int fd = map.Source.HoldsMaps ? @object.Maps[value.Target].Fd : @object.Programs[value.Target].Fd;
                int result = fd < 0 ? 0 : Put(map.Fd, BitConverter.GetBytes(fd), value.Index);
                if (result < 0)
                {
                    return result;
                }
            }
        }

        return 0;
    }

    /// <summary>Puts a value into a map with keys of 4 bytes.</summary>
    private int Put(int fd, ReadOnlySpan<byte> value, uint key = 0)
    {
        byte[] copy = value.ToArray();
        return WithBytes(BitConverter.GetBytes(key), k => WithBytes(copy, v => Call(new UpdateElementCall(fd, k, v, 0), LoadName)));
    }

    private NtHandle HandleOf(int fd) => _state.Descriptors.TryGet(fd, out OpenDescriptor? entry) ? entry.Handle : NtHandle.Invalid;
}
