using KernelSim.LabScripts.Abi;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Ops;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.LabScripts;

/// <summary>
/// The program that a lab script stands for: a process, the library that it is linked with, and its state between calls. Buffers are in
/// the process's heap; only what a C program would keep in variables is kept here.
/// </summary>
/// <param name="lab">The machine that the process runs on.</param>
/// <param name="process">The program's process.</param>
/// <param name="library">The library loaded into the process.</param>
/// <param name="note">Receives notes: one line each, not part of any result.</param>
/// <param name="interruption">Interrupts what the end of the process does not: events in the machine's network.</param>
internal sealed class ScriptSession(
    LabMachine lab, PsProcess process, Libbpf library, Action<ScriptCall, string> note, CancellationToken interruption = default)
    : IScriptNames
{
    /// <summary>Bytes that the program allocates when it cannot know how many it needs, as with an invalid descriptor.</summary>
    public const uint UnknownSize = 8;

    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<int, ScriptMap> _maps = [];
    private readonly Dictionary<int, byte[]> _cursors = [];
    private readonly Dictionary<string, bpf_object> _objects = [];
    private readonly Dictionary<int, DeviceRequest> _requests = [];
    private readonly RawDevice _device = new(process.Gate);
    private int _lastRequest;
    private IMapCalls? _calls;

    /// <summary>The machine that the process runs on.</summary>
    public LabMachine Lab { get; } = lab;

    /// <summary>The library loaded into the process.</summary>
    public Libbpf Library { get; } = library;

    /// <summary>The process's gate to its machine.</summary>
    public ISystemGate Gate => process.Gate;

    /// <summary>Whether the program is being interrupted.</summary>
    public CancellationToken Interruption { get; } = interruption;

    /// <summary>What to tell of a file that is neither the machine's nor readable on the host; null for nothing.</summary>
    public Func<string, string?> AboutMissingFile { get; init; } = file => library.ReadsHostFiles
        ? null
        : $"'{file}' given, expected a module of the machine, or an object file with its contents in '{ProgramOps.Contents}': "
            + "there are no files of a host here";

    /// <inheritdoc/>
    public IEnumerable<string> Descriptors => _names.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> LoadedObjects => _objects.Keys;

    /// <summary>Loaded objects by the names that lines gave them.</summary>
    public IReadOnlyDictionary<string, bpf_object> Objects => _objects;

    /// <summary>The calls on maps, by the rules of one of the two systems.</summary>
    public IMapCalls Calls => _calls ??= new WindowsCalls(this);

    /// <inheritdoc/>
    public bool TryGetDescriptor(string name, out int descriptor) => _names.TryGetValue(name, out descriptor);

    /// <inheritdoc/>
    public bool HasObject(string name) => _objects.ContainsKey(name);

    /// <summary>Makes a call and handles the end of the process.</summary>
    public ScriptResult Run(ScriptCall call)
    {
        if (Gate.HasExited)
        {
            return NoProcess(call);
        }

        ScriptResult? result = null;
        try
        {
            result = Calls.Begin(call) ?? call.Op.Run(this, call);
        }
        catch (ProcessExitedException)
        {
            // The call unwound to here; the cause is in the process's record.
        }
        catch (Exception exception) when (Lab.StopIfUsers(exception))
        {
            throw new BugcheckException(Lab.Machine.StopRecord!);
        }

        return !Gate.HasExited ? result! : process.Fault is { } fault ? new ScriptResult { Fault = fault } : NoProcess(call);
    }

    /// <summary>Creates the result of a library call.</summary>
    /// <param name="ret">The return value.</param>
    /// <param name="outputs">Further fields.</param>
    public ScriptResult Result(int ret, params ScriptOutput[] outputs) => Calls.Result(ret, outputs);

    /// <summary>Makes the calls on maps follow the rules of another system. Before the first call.</summary>
    public void Use(IMapCalls calls) => _calls = calls;

    /// <summary>Tells something about a call that is no part of its result.</summary>
    public void Note(ScriptCall call, string text) => note(call, text);

    /// <summary>
    /// The result of loading an assembly of the host that is no program module. Null if it is one, which then is on the machine, or if the file is
    /// something else.
    /// </summary>
    /// <param name="call">The line that loads it.</param>
    /// <param name="file">The file; afterwards the path of the module on the machine.</param>
    public ScriptResult? RefuseModule(ScriptCall call, ref string file)
    {
        if (!Library.ReadsHostFiles)
        {
            return null;
        }

        if (Lab.InstallModule(file, out string? module) is { } failure)
        {
            note(call, failure.Message);
            return ScriptResult.Failed(failure.Errno);
        }

        file = module ?? file;
        return null;
    }

    /// <summary>
    /// The result of a call that the program does not make because malloc failed. Null if the block is not too large.
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
    /// The result of a program that is not loaded: the verifier found that a helper would read past the program's buffer. Null if
    /// the argument has the right size.
    /// </summary>
    public ScriptResult? RefuseInVerifier(ScriptCall call, string field, uint expected)
    {
        int given = call.Bytes(field)?.Length ?? 0;
        if (given == expected)
        {
            return null;
        }

        note(call, $"the verifier would refuse such a program: {field} of {given} bytes given, expected {expected}");
        return ScriptResult.Failed(Errno.EINVAL, new ScriptOutput("given", given), new ScriptOutput("expected", expected));
    }

    /// <summary>
    /// Stores a descriptor that a call returned, under the line's name for it if it has one: a failed one too, as a variable would.
    /// </summary>
    public void RememberDescriptor(ScriptCall call, int fd, ScriptMap? map)
    {
        RememberNumber(call, fd);
        _cursors.Remove(fd);
        if (fd >= 0 && map is not null)
        {
            _maps[fd] = map;
        }
    }

    /// <summary>Stores a number that is not a descriptor of the library, such as a handle, under the line's name for it if it has one.</summary>
    public void RememberNumber(ScriptCall call, int number)
    {
        if (call.As is { } name)
        {
            _names[name] = number;
        }
    }

    /// <summary>Stores a request that is pending.</summary>
    /// <returns>Its number, from 1.</returns>
    public int RememberRequest(DeviceRequest request)
    {
        _requests.Add(++_lastRequest, request);
        return _lastRequest;
    }

    /// <summary>A request that is pending, or whose result has not been asked for; null if there is none of that number.</summary>
    public DeviceRequest? RequestOf(int number) => _requests.GetValueOrDefault(number);

    /// <summary>Removes a request whose result is known.</summary>
    public void ForgetRequest(int number)
    {
        if (_requests.Remove(number, out DeviceRequest? request))
        {
            request.Dispose();
        }
    }

    /// <summary>
    /// Stores a loaded object under a name, and the descriptors of its programs and maps under that name, a dot and their own names.
    /// </summary>
    public void RememberObject(string name, bpf_object loaded)
    {
        _objects[name] = loaded;
        for (bpf_program? program = Library.bpf_object__next_program(loaded, null);
            program is not null;
            program = Library.bpf_object__next_program(loaded, program))
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

    /// <summary>Removes an object. The names of its descriptors keep their numbers.</summary>
    public void ForgetObject(string name) => _objects.Remove(name);

    /// <summary>Removes the data of a descriptor that is being closed. Its name keeps its number.</summary>
    public void ForgetDescriptor(int fd)
    {
        Calls.Forget(fd);
        _maps.Remove(fd);
        _cursors.Remove(fd);
    }

    /// <summary>The sizes of the map behind a descriptor; null if the program does not know them.</summary>
    public ScriptMap? MapOf(int fd) => _maps.GetValueOrDefault(fd);

    /// <summary>The <c>out_batch</c> of the last batch lookup on a descriptor; null if there was none.</summary>
    public byte[]? CursorOf(int fd) => _cursors.GetValueOrDefault(fd);

    /// <summary>Stores a cursor.</summary>
    public void RememberCursor(int fd, byte[] cursor) => _cursors[fd] = cursor;

    /// <summary>
    /// Notes what the simulated machine does not notice: a successful call has gone past the end of a buffer.
    /// </summary>
    /// <param name="call">The call that went too far.</param>
    /// <param name="did">The kind of access: <c>wrote</c> or <c>read</c>.</param>
    /// <param name="what">Name of the buffer: <c>value</c> or <c>values</c>.</param>
    /// <param name="length">Size in bytes that the program allocated.</param>
    /// <param name="needed">Size in bytes by the library's stride.</param>
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
    /// <param name="refusal">The refusal; null if no check refused.</param>
    public RawReply SendRaw(byte[]? message, uint replyLength, out Refusal? refusal)
    {
        Refusal? refused = null;
        RawReply reply = Call(requestId =>
        {
            RawReply sent = _device.Send(requestId, message, replyLength);
            refused = RefusalOf("gate_ioctl", requestId, sent.Status, CheckTable.Find);
            return sent;
        });
        refusal = refused;
        return reply;
    }

    /// <summary>Makes system calls as one call of the program's, under one request id.</summary>
    public T Call<T>(Func<ulong, T> call)
    {
        if (!Gate.BeginCall(out ulong requestId))
        {
            throw new ProcessExitedException(Gate.ProcessId, violation: null);
        }

        try
        {
            return call(requestId);
        }
        finally
        {
            Gate.EndCall(requestId);
        }
    }

    /// <summary>The refusal of a system call; null if no check refused it.</summary>
    /// <param name="op">Name of the line's call.</param>
    /// <param name="requestId">The id that the system call was made with.</param>
    /// <param name="status">Its status.</param>
    /// <param name="find">Finds a check by its number.</param>
    public Refusal? RefusalOf(string op, ulong requestId, NtStatus status, Func<int, Check?> find)
    {
        if (status.IsSuccess
            || !Gate.TryGetRefusal(requestId, out CheckRefusal refused)
            || find(refused.Check) is not { } check
            || check == CheckTable.MapBatchElement)
        {
            return null;
        }

        EbpfResult result = ResultConversions.SeenThroughIoctl(status);
        string line = $"{op}: {check.Describe(refused.Given, refused.Expected)} ({check.Formula}) [{check}] -> "
            + ResultConversions.NameOf(ResultConversions.ToErrno(result));
        return new Refusal(check, refused.Given, refused.Expected, result, line);
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
