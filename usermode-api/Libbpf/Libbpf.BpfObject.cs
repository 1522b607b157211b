using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// Files of programs and maps: upstream's libbpf_object.cpp.
public sealed partial class Libbpf
{
    private const string DefaultPinRoot = "/ebpf/global";

    private readonly Lock _objectsLock = new();

    private readonly List<bpf_object> _objects = [];

    /// <summary>Opens a file of programs and maps, without loading anything.</summary>
    /// <param name="path">
    /// Path of a native module's file (.sys, .dll), which is the machine's, or of an object file of bytecode (ELF), which is the host's.
    /// </param>
    /// <returns>
    /// The object; null with <see cref="errno"/> set: EINVAL for null, for a missing module and for one that is none; ENOENT for a missing object
    /// file; EOTHER for one that cannot be read, whose field <see cref="LastRefusal"/> names; ENOTSUP for a <see cref="NativeOnly"/> library.
    /// </returns>
    public bpf_object? bpf_object__open(string? path) => bpf_object__open_file(path);

    /// <summary>Opens a file of programs and maps, with options.</summary>
    /// <param name="path">See <see cref="bpf_object__open"/>.</param>
    /// <param name="object_name">Name of the object; null for the file's name.</param>
    /// <param name="pin_root_path">
    /// Folder of the default paths of <see cref="bpf_map__pin"/> for maps that the module declares as pinned by name; null for <c>/ebpf/global</c>.
    /// Loading pins such maps in the kernel at <c>/ebpf/global</c> in any case.
    /// </param>
    /// <returns>See <see cref="bpf_object__open"/>.</returns>
    public bpf_object? bpf_object__open_file(string? path, string? object_name = null, string? pin_root_path = null)
    {
        if (path is null)
        {
            Fail(Errno.EINVAL);
            return null;
        }

        if (!ReadModuleCall.IsNative(path))
        {
            return OpenFile(path, object_name ?? path, pin_root_path, nameof(bpf_object__open_file));
        }

        return ReadModule(path, out NativeModuleFile? contents) == EbpfResult.Success
            ? Remember(new bpf_object(path, object_name ?? path, pin_root_path ?? DefaultPinRoot, contents!))
            : null;
    }

    /// <summary>Opens the contents of an object file. Native modules are drivers, which cannot be loaded from memory.</summary>
    /// <param name="buffer">Address of the contents.</param>
    /// <param name="buffer_size">Size of the contents in bytes.</param>
    /// <param name="object_name">Name of the object; null for <c>memory</c>.</param>
    /// <param name="pin_root_path">See <see cref="bpf_object__open_file"/>.</param>
    /// <returns>The object; null with <see cref="errno"/> set: EINVAL for NULL, otherwise see <see cref="bpf_object__open"/>.</returns>
    public bpf_object? bpf_object__open_mem(ulong buffer, ulong buffer_size, string? object_name = null, string? pin_root_path = null)
    {
        if (buffer == 0)
        {
            Fail(Errno.EINVAL);
            return null;
        }

        return OpenMemory(buffer, buffer_size, object_name ?? "memory", pin_root_path, nameof(bpf_object__open_mem));
    }

    /// <summary>
    /// Loads an object's maps and programs. The file of a native module is authorised by its hash, and its driver started, on behalf of the
    /// caller, who must be an administrator. The programs of an object file are checked and loaded one after the other.
    /// </summary>
    /// <param name="object">An open object.</param>
    /// <returns>
    /// 0; -EINVAL if it has been loaded before, even if it was unloaded since, and if the file is missing or has changed; -EPERM without
    /// administrator's rights; -EACCES if the check refuses a program, whose log says why; the error of the kernel. After a failure a native
    /// module can be tried again, and an object file only if a map could not be created.
    /// </returns>
    public int bpf_object__load(bpf_object @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        if (@object.IsLoaded)
        {
            return Fail(Errno.EINVAL);
        }

        if (@object.File is { } file)
        {
            return LoadBytecode(@object, file);
        }

        LoadModuleCall contents = new(@object.Path);
        if (Result(ref contents) != EbpfResult.Success)
        {
            return -(int)errno;
        }

        @object.Module = contents.Module;
        Modules[contents.Module] = @object;
        if (contents.Maps.Length != @object.Maps.Count || contents.Programs.Length != @object.Programs.Count)
        {
            return RefuseOtherModule(@object, contents);
        }

        bool complete = true;
        for (int i = 0; i < contents.Maps.Length; i++)
        {
            complete &= TryOpen(contents.Maps[i], out int fd);
            @object.Maps[i].Fd = fd;
        }

        for (int i = 0; i < contents.Programs.Length; i++)
        {
            complete &= TryOpen(@object.Programs[i], contents.Programs[i]);
        }

        Errno error = complete ? SetProgramFlags(@object) : Errno.ENOMEM;
        if (error != Errno.None)
        {
            Refusal? refusal = LastRefusal;
            bpf_object__unload(@object);
            CloseModule(@object);
            return Fail(error, refusal);
        }

        @object.IsLoaded = true;
        return 0;
    }

    /// <summary>
    /// Closes the descriptors of an object's maps and programs. What is pinned or attached elsewhere stays. The object still counts as
    /// loaded: it cannot be loaded again, and its setters still refuse.
    /// </summary>
    /// <param name="object">The object, loaded or not.</param>
    /// <returns>0.</returns>
    public int bpf_object__unload(bpf_object @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        foreach (bpf_map map in @object.Maps)
        {
            map.Fd = Drop(map.Fd);
        }

        foreach (bpf_program program in @object.Programs)
        {
            program.Fd = Drop(program.Fd);
        }

        return 0;
    }

    /// <summary>Unloads and frees an object.</summary>
    /// <param name="object">The object, which must not be used any more; null is allowed.</param>
    public void bpf_object__close(bpf_object? @object)
    {
        if (@object is null)
        {
            return;
        }

        bpf_object__unload(@object);
        CloseModule(@object);
        lock (_objectsLock)
        {
            _objects.Remove(@object);
        }
    }

    /// <summary>An object's name.</summary>
    /// <param name="object">An open object.</param>
    public static string bpf_object__name(bpf_object @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        return @object.Name;
    }

    /// <summary>The next open object, in the order of opening.</summary>
    /// <param name="prev">The previous object; null for the first.</param>
    public bpf_object? bpf_object__next(bpf_object? prev)
    {
        lock (_objectsLock)
        {
            int index = prev is null ? 0 : _objects.IndexOf(prev) + 1;
            return (prev is null || index > 0) && index < _objects.Count ? _objects[index] : null;
        }
    }

    /// <summary>The program after another.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="prev">The previous one; null for the first.</param>
    /// <returns>The program; null after the last, and with <see cref="errno"/> EINVAL for a program of another object.</returns>
    public bpf_program? bpf_object__next_program(bpf_object obj, bpf_program? prev) => StepProgram(obj, prev, forward: true);

    /// <summary>The program before another.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="next">The following program or map; null for the last.</param>
    /// <returns>See <see cref="bpf_object__next_program"/>; null before the first.</returns>
    public bpf_program? bpf_object__prev_program(bpf_object obj, bpf_program? next) => StepProgram(obj, next, forward: false);

    /// <summary>The map after another.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="prev">The previous one; null for the first.</param>
    /// <returns>The map; null after the last, and for a map of another object. <see cref="errno"/> is unchanged.</returns>
    public static bpf_map? bpf_object__next_map(bpf_object obj, bpf_map? prev)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return prev is null || prev.Owner == obj ? Step(obj.Maps, prev, forward: true) : null;
    }

    /// <summary>The map before another.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="next">The other; null for the last.</param>
    /// <returns>See <see cref="bpf_object__next_map"/>; null before the first.</returns>
    public static bpf_map? bpf_object__prev_map(bpf_object obj, bpf_map? next)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return next is null || next.Owner == obj ? Step(obj.Maps, next, forward: false) : null;
    }

    /// <summary>The program with a name.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="name">The name to look for.</param>
    /// <returns>The program; null with errno ENOENT.</returns>
    public bpf_program? bpf_object__find_program_by_name(bpf_object obj, string name)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return Found(obj.Programs.FirstOrDefault(p => p.Entry.Name == name));
    }

    /// <summary>The map with a name.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="name">The name to look for.</param>
    /// <returns>The map; null with errno ENOENT.</returns>
    public bpf_map? bpf_object__find_map_by_name(bpf_object obj, string name)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return Found(obj.Maps.FirstOrDefault(m => m.Entry.Name == name));
    }

    /// <summary>The descriptor of the map with a name.</summary>
    /// <param name="obj">An open object.</param>
    /// <param name="name">The name to look for.</param>
    /// <returns>The descriptor, which the object keeps owning, -1 before it is loaded; -EINVAL for an unknown name.</returns>
    public int bpf_object__find_map_fd_by_name(bpf_object obj, string name) => bpf_map__fd(bpf_object__find_map_by_name(obj, name));

    /// <summary>The execution type of an object's programs: <c>ebpf_object_get_execution_type</c>.</summary>
    /// <param name="object">An open object.</param>
    /// <returns>Native for a native module; for an object file any, until it is set.</returns>
    public static EbpfExecutionType ebpf_object_get_execution_type(bpf_object @object)
    {
        ArgumentNullException.ThrowIfNull(@object);
        return @object.Execution;
    }

    /// <summary>Sets the execution type of an object's programs: <c>ebpf_object_set_execution_type</c>.</summary>
    /// <param name="object">An open object.</param>
    /// <param name="execution_type">
    /// Native or any for a native module; for an object file the interpreter, or the compiler, which any stands for.
    /// </param>
    /// <returns>Success; INVALID_ARGUMENT for what the object is not, and for an invalid number.</returns>
    public static EbpfResult ebpf_object_set_execution_type(bpf_object @object, EbpfExecutionType execution_type)
    {
        ArgumentNullException.ThrowIfNull(@object);
        bool isNative = @object.File is null;
        if (execution_type is not (EbpfExecutionType.Any or EbpfExecutionType.Native or EbpfExecutionType.Jit or EbpfExecutionType.Interpret)
            || (execution_type != EbpfExecutionType.Any && isNative != (execution_type == EbpfExecutionType.Native)))
        {
            return EbpfResult.InvalidArgument;
        }

        if (!isNative)
        {
            @object.Execution = execution_type == EbpfExecutionType.Any ? EbpfExecutionType.Jit : execution_type;
        }

        return EbpfResult.Success;
    }

    private bpf_object Remember(bpf_object opened)
    {
        lock (_objectsLock)
        {
            _objects.Add(opened);
        }

        return opened;
    }

    private bpf_program? StepProgram(bpf_object obj, bpf_program? from, bool forward)
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (from is not null && from.Owner != obj)
        {
            Fail(Errno.EINVAL);
            return null;
        }

        return Step(obj.Programs, from, forward);
    }

    private static T? Step<T>(IReadOnlyList<T> items, T? from, bool forward)
        where T : class
    {
        int index = from is null ? (forward ? 0 : items.Count - 1) : IndexOf(items, from) + (forward ? 1 : -1);
        return (uint)index < (uint)items.Count ? items[index] : null;
    }

    private static int IndexOf<T>(IReadOnlyList<T> items, T item)
        where T : class
    {
        int index = 0;
        while (!ReferenceEquals(items[index], item))
        {
            index++;
        }

        return index;
    }

    private T? Found<T>(T? item)
        where T : class
    {
        if (item is null)
        {
            Fail(Errno.ENOENT);
        }

        return item;
    }

    /// <summary>Creates a descriptor for a handle; closes the handle if there is none left.</summary>
    private bool TryOpen(NtHandle handle, out int fd)
    {
        fd = _state.Descriptors.Open(handle, shape: null);
        if (fd < 0)
        {
            CloseHandle(handle, nameof(bpf_object__load));
        }

        return fd >= 0;
    }

    /// <summary>
    /// Sets the results of loading in a program: a descriptor, unless it is not to be loaded, and the attach type that the kernel has
    /// for it, whatever was set before.
    /// </summary>
    private bool TryOpen(bpf_program program, NtHandle handle)
    {
        if (!program.Autoload)
        {
            CloseHandle(handle, nameof(bpf_object__load));
            return true;
        }

        program.AttachType = program.Entry.AttachType;
        bool opened = TryOpen(handle, out int fd);
        program.Fd = fd;
        return opened;
    }

    /// <summary>Closes what was loaded if the file has changed since it was opened.</summary>
    private int RefuseOtherModule(bpf_object @object, in LoadModuleCall contents)
    {
        foreach (NtHandle handle in (NtHandle[])[.. contents.Maps, .. contents.Programs])
        {
            CloseHandle(handle, nameof(bpf_object__load));
        }

        CloseModule(@object);
        string given = $"{contents.Maps.Length} maps and {contents.Programs.Length} programs given";
        string opened = $"{@object.Maps.Count} and {@object.Programs.Count} when it was opened";
        return Call(new RefuseCall(-1, CheckTable.ApiObjectContents, $"{given}, {opened}"), nameof(bpf_object__load));
    }

    private void CloseModule(bpf_object @object)
    {
        if (@object.Module != NtHandle.Invalid)
        {
            Modules.TryRemove(@object.Module, out _);
            CloseHandle(@object.Module, nameof(bpf_object__close));
            @object.Module = NtHandle.Invalid;
        }
    }

    private int Drop(int fd)
    {
        if (fd >= 0)
        {
            close(fd);
        }

        return -1;
    }

    private Errno SetProgramFlags(bpf_object @object)
    {
        foreach (bpf_program program in @object.Programs.Where(p => p is { Fd: >= 0, Flags: not 0 }))
        {
            if (Result(new SetProgramFlagsCall(program.Fd, program.Flags), nameof(bpf_object__load)) != EbpfResult.Success)
            {
                return errno;
            }
        }

        return Errno.None;
    }
}
