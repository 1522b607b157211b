using System.Runtime.InteropServices;
using System.Text.Json;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on objects of programs, on programs and on links.</summary>
internal static class ProgramOps
{
    /// <summary>The field of <c>object_load</c> that has the contents of an object file.</summary>
    public const string Contents = "contents";

    private const uint DefaultRoom = 4096;
    private const uint LogRoom = 4096;
    private const int SlotBytes = 8;

    private static readonly Dictionary<string, EbpfExecutionType> s_executions = new()
    {
        [""] = EbpfExecutionType.Any,
        ["interpreter"] = EbpfExecutionType.Interpret,
        ["compiled"] = EbpfExecutionType.Jit,
        ["native"] = EbpfExecutionType.Native,
    };

    /// <summary>The program types by bpftool's names.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ProgramTypeTable.All.ToArray().Select(row => row.Name)];

    /// <summary>The attach types by their section names.</summary>
    public static IReadOnlyList<string> AttachTypes { get; } = [.. AttachTypeTable.All.ToArray().Select(row => row.Section)];

    /// <summary>How the programs of an object run, by the words of lab scripts.</summary>
    public static IReadOnlyList<string> Executions { get; } = [.. s_executions.Keys.Where(k => k.Length > 0)];

    /// <summary>Those of them that run instructions.</summary>
    public static IReadOnlyList<string> Engines { get; } = [.. Executions.Where(k => s_executions[k] != EbpfExecutionType.Native)];

    /// <summary><c>object_load</c>: <c>bpf_object__open</c> and <c>bpf_object__load</c>.</summary>
    public static ScriptResult Load(ScriptSession session, ScriptCall call)
    {
        Libbpf library = session.Library;
        string file = call.Text("file")!;
        if (session.RefuseModule(call, ref file) is { } refused)
        {
            return refused;
        }

        bpf_object? opened = Open(session, call, file);
        if (opened is null)
        {
            return Missing(session, call, file);
        }

        EbpfExecutionType execution = s_executions[call.Word("execution") ?? ""];
        if (Libbpf.ebpf_object_set_execution_type(opened, execution) != EbpfResult.Success)
        {
            return WrongExecution(session, call, opened);
        }

        int ret = library.bpf_object__load(opened);
        ScriptResult result = session.Result(
            ret,
            new ScriptOutput("programs", json => WriteDescriptors(json, Programs(library, opened))),
            new ScriptOutput("maps", json => WriteDescriptors(json, Maps(library, opened))));
        if (ret < 0)
        {
            library.bpf_object__close(opened);
            return new ScriptResult { Ret = ret, Refusal = result.Refusal };
        }

        session.RememberObject(call.As ?? call.Text("file")!, opened);
        return result;
    }

    /// <summary><c>prog_load</c>: <c>bpf_prog_load</c>, for an engine of choice.</summary>
    public static ScriptResult LoadInstructions(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        BpfProgType type = ProgramTypeTable.All.ToArray().First(row => row.Name == call.Word("type")).Type;
        byte[]? instructions = call.Bytes("insns");
        ulong log = blocks.AllocateZeroed(LogRoom);
        EbpfResult result = session.Library.ebpf_program_load_bytes(
            type, call.Text("name"), s_executions[call.Word("execution") ?? ""], blocks.Copy(instructions), SlotsIn(instructions), log, LogRoom,
            out int fd);
        int ret = result == EbpfResult.Success ? fd : -(int)ResultConversions.ToErrno(result);
        session.RememberDescriptor(call, ret, null);
        byte[] text = ret < 0 ? blocks.Read(log, LogRoom) : [0];
        int length = Array.IndexOf(text, (byte)0);
        return length <= 0
            ? session.Result(ret)
            : session.Result(ret, new ScriptOutput("log", json => json.WriteStringValue(text.AsSpan(0, length))));
    }

    /// <summary><c>object_close</c>.</summary>
    public static ScriptResult Close(ScriptSession session, ScriptCall call)
    {
        string name = call.Text("object")!;
        foreach ((_, int fd) in Programs(session.Library, session.Objects[name]).Concat(Maps(session.Library, session.Objects[name])))
        {
            session.ForgetDescriptor(fd);
        }

        session.Library.bpf_object__close(session.Objects[name]);
        session.ForgetObject(name);
        return session.Result(0);
    }

    /// <summary><c>prog_attach</c>: <c>bpf_program__attach</c>, <c>ebpf_program_attach_by_fd</c>.</summary>
    public static ScriptResult Attach(ScriptSession session, ScriptCall call)
    {
        int program = call.Descriptor();
        Guid attachType = call.Word("attach_type") is { } name
            ? AttachTypeTable.FindBySection(name)!.Id
            : ExpectedAttachType(session, program);
        byte[]? data = call.Bytes("data") ?? Number(call, "ifindex") ?? Number(call, "compartment");
        using UserBlocks blocks = new(session.Gate);
        EbpfResult result = session.Library.ebpf_program_attach_by_fds(
            program, attachType, blocks.Copy(data), (uint)(data?.Length ?? 0), out int link);
        int ret = result == EbpfResult.Success ? link : -(int)ResultConversions.ToErrno(result);
        session.RememberDescriptor(call, ret, null);
        return session.Result(ret);
    }

    /// <summary><c>prog_attach_cgroup</c>: <c>bpf_prog_attach</c>, which returns no link.</summary>
    public static ScriptResult AttachCgroup(ScriptSession session, ScriptCall call) => session.Result(
        session.Library.bpf_prog_attach(call.Descriptor(), (int)call.UInt32("compartment"), AttachTypeOf(call), call.UInt32("flags")));

    /// <summary><c>prog_detach_cgroup</c>: <c>bpf_prog_detach2</c>, or <c>bpf_prog_detach</c> if no program is given.</summary>
    public static ScriptResult DetachCgroup(ScriptSession session, ScriptCall call) => session.Result(call.Has("fd")
        ? session.Library.bpf_prog_detach2(call.Descriptor(), (int)call.UInt32("compartment"), AttachTypeOf(call))
        : session.Library.bpf_prog_detach((int)call.UInt32("compartment"), AttachTypeOf(call)));

    /// <summary><c>xdp_attach</c>.</summary>
    public static ScriptResult AttachXdp(ScriptSession session, ScriptCall call) => session.Result(
        session.Library.bpf_xdp_attach((int)call.UInt32("ifindex"), call.Descriptor(), call.UInt32("flags")));

    /// <summary><c>xdp_detach</c>.</summary>
    public static ScriptResult DetachXdp(ScriptSession session, ScriptCall call) => session.Result(
        session.Library.bpf_xdp_detach((int)call.UInt32("ifindex"), call.UInt32("flags")));

    /// <summary><c>xdp_query_id</c>.</summary>
    public static ScriptResult QueryXdp(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong room = blocks.AllocateZeroed(sizeof(uint));
        int ret = session.Library.bpf_xdp_query_id((int)call.UInt32("ifindex"), 0, room);
        return ret == 0
            ? session.Result(0, new ScriptOutput("prog_id", BitConverter.ToUInt32(blocks.Read(room, sizeof(uint)))))
            : session.Result(ret);
    }

    /// <summary><c>link_detach</c>.</summary>
    public static ScriptResult DetachLink(ScriptSession session, ScriptCall call) =>
        session.Result(session.Library.bpf_link_detach(call.Descriptor()));

    /// <summary><c>prog_bind_map</c>.</summary>
    public static ScriptResult BindMap(ScriptSession session, ScriptCall call) =>
        session.Result(session.Library.bpf_prog_bind_map(call.Descriptor(), call.Descriptor("map_fd")));

    /// <summary><c>prog_test_run</c>: <c>bpf_prog_test_run_opts</c>.</summary>
    public static ScriptResult TestRun(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        byte[]? data = call.Bytes("data");
        byte[]? context = call.Bytes("ctx");
        BpfTestRunOpts options = new()
        {
            Sz = (ulong)Marshal.SizeOf<BpfTestRunOpts>(),
            DataIn = blocks.Copy(data),
            DataSizeIn = (uint)(data?.Length ?? 0),
            CtxIn = blocks.Copy(context),
            CtxSizeIn = (uint)(context?.Length ?? 0),
            DataSizeOut = call.UInt32("data_size_out", DefaultRoom),
            CtxSizeOut = call.UInt32("ctx_size_out", DefaultRoom),
            Repeat = (int)call.UInt32("repeat", 1),
            Cpu = call.UInt32("cpu"),
            BatchSize = call.UInt32("batch_size"),
        };
        if (session.RefuseAllocation(call, "data_out", options.DataSizeOut) is { } noData)
        {
            return noData;
        }

        if (session.RefuseAllocation(call, "ctx_out", options.CtxSizeOut) is { } noContext)
        {
            return noContext;
        }

        options.DataOut = blocks.Allocate(options.DataSizeOut);
        options.CtxOut = blocks.Allocate(options.CtxSizeOut);
        ulong address = blocks.Copy(StructBytes.Of(options));
        int ret = session.Library.bpf_prog_test_run_opts(call.Descriptor(), address);
        if (ret < 0)
        {
            return session.Result(ret);
        }

        options = MemoryMarshal.Read<BpfTestRunOpts>(blocks.Read(address, (uint)Marshal.SizeOf<BpfTestRunOpts>()));
        return session.Result(
            ret,
            new ScriptOutput("retval", options.Retval),
            new ScriptOutput("data_out", blocks.Read(options.DataOut, options.DataSizeOut)),
            new ScriptOutput("ctx_out", blocks.Read(options.CtxOut, options.CtxSizeOut)));
    }

    /// <summary>The instructions that bytes have room for; the last may be cut off, and then reaches beyond the program's buffer.</summary>
    private static uint SlotsIn(byte[]? instructions) => (uint)((instructions?.Length ?? 0) + SlotBytes - 1) / SlotBytes;

    /// <summary>Opens the file, or its contents if the line has them: those of a host's file come with the line to a server.</summary>
    private static bpf_object? Open(ScriptSession session, ScriptCall call, string file)
    {
        string? pinRoot = call.Word("pin_root");
        if (call.Bytes(Contents) is not { } contents)
        {
            return session.Library.bpf_object__open_file(file, pin_root_path: pinRoot);
        }

        using UserBlocks blocks = new(session.Gate);
        return session.Library.bpf_object__open_mem(blocks.Copy(contents), (ulong)contents.Length, file, pinRoot);
    }

    /// <summary>The result where nothing was opened. What is told of it depends on whose files the session finds.</summary>
    private static ScriptResult Missing(ScriptSession session, ScriptCall call, string file)
    {
        ScriptResult result = session.Result(-(int)session.Library.errno);
        bool isMissing = session.Library.errno == Errno.ENOENT || result.Refusal?.Is(CheckTable.ApiObjectFile) == true;
        if (isMissing && session.AboutMissingFile(file) is { } note)
        {
            session.Note(call, note);
        }

        return result;
    }

    /// <summary>The result where the programs cannot run as the line says.</summary>
    private static ScriptResult WrongExecution(ScriptSession session, ScriptCall call, bpf_object opened)
    {
        bool isModule = Libbpf.ebpf_object_get_execution_type(opened) == EbpfExecutionType.Native;
        string expected = isModule ? "'native' for a module" : $"{string.Join(" or ", Engines.Select(e => $"'{e}'"))} for an object file";
        session.Note(call, $"execution '{call.Word("execution")}' given, expected {expected}");
        session.Library.bpf_object__close(opened);
        return ScriptResult.Failed(Errno.EINVAL);
    }

    private static BpfAttachType AttachTypeOf(ScriptCall call) => AttachTypeTable.FindBySection(call.Word("attach_type")!)!.Type;

    private static byte[]? Number(ScriptCall call, string field) => call.Has(field) ? BitConverter.GetBytes(call.UInt32(field)) : null;

    /// <summary>The kernel knows the attach type of a native program only; that of another follows from its section in the object.</summary>
    private static Guid ExpectedAttachType(ScriptSession session, int program)
    {
        bpf_program? loaded = session.Objects.Values
            .SelectMany(o => ProgramsOf(session.Library, o))
            .FirstOrDefault(p => Libbpf.bpf_program__fd(p) == program);
        return loaded is not null ? AttachTypeTable.Find(Libbpf.bpf_program__get_expected_attach_type(loaded))?.Id ?? Guid.Empty
            : ObjectOps.GetInfo(session, program, out BpfProgInfo info) == 0 ? info.AttachTypeUuid : Guid.Empty;
    }

    private static IEnumerable<(string? Name, int Fd)> Programs(Libbpf library, bpf_object loaded) =>
        ProgramsOf(library, loaded).Select(p => (Libbpf.bpf_program__name(p), Libbpf.bpf_program__fd(p)));

    private static IEnumerable<bpf_program> ProgramsOf(Libbpf library, bpf_object loaded)
    {
        for (bpf_program? at = library.bpf_object__next_program(loaded, null); at is not null; at = library.bpf_object__next_program(loaded, at))
        {
            yield return at;
        }
    }

    private static IEnumerable<(string? Name, int Fd)> Maps(Libbpf library, bpf_object loaded)
    {
        for (bpf_map? at = Libbpf.bpf_object__next_map(loaded, null); at is not null; at = Libbpf.bpf_object__next_map(loaded, at))
        {
            yield return (Libbpf.bpf_map__name(at), library.bpf_map__fd(at));
        }
    }

    private static void WriteDescriptors(Utf8JsonWriter json, IEnumerable<(string? Name, int Fd)> items)
    {
        json.WriteStartObject();
        foreach ((string? name, int fd) in items)
        {
            json.WriteNumber(name ?? "", fd);
        }

        json.WriteEndObject();
    }
}
