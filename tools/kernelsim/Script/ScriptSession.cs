using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Machines;
using KernelSim.UserMode;

namespace KernelSim.Tool.Script;

/// <summary>
/// The program that a lab script is: a process, the library that it is linked with, and what it remembers between calls. Buffers live in
/// the process's heap; only what a C program would keep in its variables is kept here.
/// </summary>
/// <param name="lab">The machine.</param>
/// <param name="process">The process.</param>
/// <param name="library">The library.</param>
/// <param name="note">Where notes go: one line each, not part of any result.</param>
/// <param name="interruption">Cuts short what the process's end does not: events in the machine's network.</param>
internal sealed class ScriptSession(
    LabMachine lab, PsProcess process, Libbpf library, Action<ScriptCall, string> note, CancellationToken interruption = default)
{
    /// <summary>Bytes that the program allocates where it cannot know how many it needs, as with a bad descriptor.</summary>
    public const uint UnknownSize = 8;

    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<int, ScriptMap> _maps = [];
    private readonly Dictionary<int, byte[]> _cursors = [];
    private readonly Dictionary<string, bpf_object> _objects = [];
    private readonly RawDevice _device = new(process.Gate);

    /// <summary>The machine.</summary>
    public LabMachine Lab { get; } = lab;

    /// <summary>The library.</summary>
    public Libbpf Library { get; } = library;

    /// <summary>The process's way into the kernel.</summary>
    public ISystemGate Gate => process.Gate;

    /// <summary>Whether the program is being interrupted.</summary>
    public CancellationToken Interruption { get; } = interruption;

    /// <summary>Descriptors by the names that lines gave them.</summary>
    public IReadOnlyDictionary<string, int> Names => _names;

    /// <summary>Loaded objects by the names that lines gave them.</summary>
    public IReadOnlyDictionary<string, bpf_object> Objects => _objects;

    /// <summary>True when the library writes the count of a batch whatever its end; else a failed call leaves it as it was.</summary>
    public bool CountIsExactOnFailure => Library.Version == LibraryVersion.Checked;

    /// <summary>Bytes from one value of a batch lookup to the next, as the library lays them: before the fix it left out the CPUs.</summary>
    public ulong? LookupStride(ScriptMap? map) => Library.Version == LibraryVersion.Before3564 ? map?.SlotBytes : map?.ValueBytes;

    /// <summary>Makes a call and catches the end of the process.</summary>
    public ScriptResult Run(ScriptCall call)
    {
        if (Gate.HasExited)
        {
            return NoProcess(call);
        }

        ScriptResult? result = null;
        try
        {
            result = call.Op.Run(this, call);
        }
        catch (ProcessExitedException)
        {
            // The call unwound to here; what ended the process is on its record.
        }

        return !Gate.HasExited ? result! : process.Fault is { } fault ? new ScriptResult { Fault = fault } : NoProcess(call);
    }

    /// <summary>What a call of the library came to.</summary>
    /// <param name="ret">What it returned.</param>
    /// <param name="outputs">What it gave besides.</param>
    public ScriptResult Result(int ret, params ScriptOutput[] outputs) => new()
    {
        Ret = ret,
        Refusal = ret < 0 ? Library.LastRefusal : null,
        Outputs = outputs,
    };

    /// <summary>
    /// The end of a call that its program never makes: malloc has failed. Null when the block is not too large.
    /// </summary>
    public ScriptResult? RefuseAllocation(ScriptCall call, string what, ulong bytes)
    {
        if (bytes <= UserBlocks.LargestBlock)
        {
            return null;
        }

        note(call, $"the program cannot allocate {bytes} bytes for {what}, at most {UserBlocks.LargestBlock}; the call is not made");
        return ScriptResult.Failed(Errno.ENOMEM);
    }

    /// <summary>
    /// The end of a program that does not load: the verifier has seen that a helper would read past what the program has. Null when
    /// the argument has the right size.
    /// </summary>
    public ScriptResult? RefuseInVerifier(ScriptCall call, string field, uint expected)
    {
        int given = call.Bytes(field)?.Length ?? 0;
        if (given == expected)
        {
            return null;
        }

        note(call, $"no verifier lets such a program load: {field} of {given} bytes given, expected {expected}");
        return ScriptResult.Failed(Errno.EINVAL, new ScriptOutput("given", given), new ScriptOutput("expected", expected));
    }

    /// <summary>Keeps a descriptor that a call returned, under the line's name for it if it has one: a failed one too, as a variable would.</summary>
    public void RememberDescriptor(ScriptCall call, int fd, ScriptMap? map)
    {
        if (call.As is { } name)
        {
            _names[name] = fd;
        }

        _cursors.Remove(fd);
        if (fd >= 0 && map is not null)
        {
            _maps[fd] = map;
        }
    }

    /// <summary>
    /// Keeps a loaded object under a name, and the descriptors of its programs and maps under that name, a dot and theirs.
    /// </summary>
    public void RememberObject(string name, bpf_object loaded)
    {
        _objects[name] = loaded;
        for (bpf_program? program = Library.bpf_object__next_program(loaded, null); program is not null; program = Library.bpf_object__next_program(loaded, program))
        {
            _names[$"{name}.{Libbpf.bpf_program__name(program)}"] = Libbpf.bpf_program__fd(program);
        }

        for (bpf_map? map = Libbpf.bpf_object__next_map(loaded, null); map is not null; map = Libbpf.bpf_object__next_map(loaded, map))
        {
            int fd = Library.bpf_map__fd(map);
            _names[$"{name}.{Libbpf.bpf_map__name(map)}"] = fd;
            ScriptMap? sizes = ScriptMap.Of(
                Libbpf.bpf_map__type(map), Libbpf.bpf_map__key_size(map), Libbpf.bpf_map__value_size(map), Gate.MaximumProcessorCount);
            if (fd >= 0 && sizes is not null)
            {
                _maps[fd] = sizes;
            }
        }
    }

    /// <summary>Forgets an object. The names of its descriptors keep their numbers.</summary>
    public void ForgetObject(string name) => _objects.Remove(name);

    /// <summary>Forgets what belonged to a descriptor that is being closed. Its name keeps its number.</summary>
    public void ForgetDescriptor(int fd)
    {
        _maps.Remove(fd);
        _cursors.Remove(fd);
    }

    /// <summary>The sizes of the map behind a descriptor; null when the program does not know them.</summary>
    public ScriptMap? MapOf(int fd) => _maps.GetValueOrDefault(fd);

    /// <summary>What the last batch lookup on a descriptor wrote to <c>out_batch</c>; null when none has.</summary>
    public byte[]? CursorOf(int fd) => _cursors.GetValueOrDefault(fd);

    /// <summary>Keeps a cursor.</summary>
    public void RememberCursor(int fd, byte[] cursor) => _cursors[fd] = cursor;

    /// <summary>
    /// Says what nobody in the simulated machine notices: a call that went well has gone past the end of what the program allocated.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="did">What it did there: <c>wrote</c> or <c>read</c>.</param>
    /// <param name="what">The buffer: <c>value</c> or <c>values</c>.</param>
    /// <param name="length">Bytes that the program allocated.</param>
    /// <param name="needed">Bytes that the library's stride makes of the elements.</param>
    public void NoteOverrun(ScriptCall call, string did, string what, ulong length, ulong needed)
    {
        if (needed > length)
        {
            note(call, $"the library {did} {needed - length} bytes past the end of {what} ({length} bytes allocated), and nobody noticed");
        }
    }

    /// <summary>Sends a message through the device, without the library.</summary>
    /// <param name="message">The request; null for none.</param>
    /// <param name="replyLength">Bytes of the reply buffer; 0 for none.</param>
    /// <param name="refusal">The check that refused it, if one did.</param>
    public RawReply SendRaw(byte[]? message, uint replyLength, out Refusal? refusal)
    {
        refusal = null;
        if (!Gate.BeginCall(out ulong requestId))
        {
            throw new ProcessExitedException(Gate.ProcessId, violation: null);
        }

        try
        {
            RawReply reply = _device.Send(requestId, message, replyLength);
            if (!reply.Status.IsSuccess
                && Gate.TryGetRefusal(requestId, out CheckRefusal refused)
                && CheckTable.Find(refused.Check) is { } check
                && check != CheckTable.MapBatchElement)
            {
                Errno errno = ResultConversions.ToErrno(ResultConversions.SeenThroughIoctl(reply.Status));
                string line = $"gate_ioctl: {refused.Given} given, expected {refused.Expected} ({check.Formula}) [{check}] -> {ResultConversions.NameOf(errno)}";
                refusal = new Refusal(check, refused.Given, refused.Expected, errno, line);
            }

            return reply;
        }
        finally
        {
            Gate.EndCall(requestId);
        }
    }

    private ScriptResult NoProcess(ScriptCall call)
    {
        if (call.As is not null)
        {
            RememberDescriptor(call, (int)ScriptResult.NoProcess.Ret, null);
        }

        return ScriptResult.NoProcess;
    }
}
