using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>
/// What commands work on: the target while they run, its machines, the current one and its memory. What was read of the target is forgotten when it
/// is released; the choice of a machine stays.
/// </summary>
internal sealed class DebugSession : ITargetAccess, IMachineAccess, IMemoryAccess, IDisposable
{
    private readonly ITargetSource _source;
    private IDebugTarget? _target;
    private IDebugTarget? _noted;
    private IReadOnlyList<MachineView>? _machines;
    private KernelMemory? _kernel;
    private uint? _selected;

    /// <summary>Begins a session.</summary>
    /// <param name="source">Where the target comes from; disposed of with the session.</param>
    /// <param name="machine">The number of the machine to look at; null for the first.</param>
    public DebugSession(ITargetSource source, uint? machine = null)
    {
        _source = source;
        _selected = machine;
    }

    /// <inheritdoc/>
    public IDebugTarget Target => _target ?? throw new InvalidOperationException("No command is running.");

    /// <inheritdoc/>
    public IReadOnlyList<MachineView> All => _machines ??= MachineDirectory.Find(Target);

    /// <inheritdoc/>
    public MachineView Current => _selected is null ? All[0] : Find(_selected.Value);

    /// <inheritdoc/>
    public KernelMemory Kernel => _kernel ??= new KernelMemory(Target, Current);

    /// <inheritdoc/>
    public void Select(uint number)
    {
        _selected = (uint)Find(number).Number;
        _kernel = null;
    }

    /// <inheritdoc/>
    public int Read(ulong address, uint? pid, Span<byte> bytes)
    {
        if (Kernel.RangeAt(address) is not null)
        {
            return Kernel.Read(address, bytes);
        }

        ProcessView[] owners = [.. Current.Processes.Where(p => (pid is null || p.Id == pid) && p.Memory.RegionAt(address) is not null)];
        return owners.Length < 2
            ? owners.FirstOrDefault()?.Memory.Read(Target, address, bytes) ?? 0
            : throw new CommandException(
                $"0x{address:x} given, expected /p PID after it: processes {string.Join(", ", owners.Select(p => p.Id))} have memory there");
    }

    /// <summary>
    /// Runs the commands of a line, all on the target as it is at one moment. A command that fails does not keep the next from running.
    /// </summary>
    /// <param name="line">The commands.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <param name="done">Gets each result as soon as its command has run. A live process is still stopped: this must not wait for a reader.</param>
    /// <returns>The results, in order; at a <c>q</c> they end.</returns>
    public IReadOnlyList<CommandResult> Run(string line, CommandTable commands, Action<CommandResult>? done = null)
    {
        List<CommandResult> results = [];
        try
        {
            foreach (string command in CommandLineText.Commands(line))
            {
                if (CommandTable.IsQuit(command))
                {
                    IsOver = true;
                    break;
                }

                results.Add(RunOne(command, commands));
                done?.Invoke(results[^1]);
            }
        }
        finally
        {
            ReleaseTarget();
        }

        return results;
    }

    /// <summary>Whether the user has quit.</summary>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleaseTarget();
        _source.Dispose();
    }

    private MachineView Find(uint number) => All.FirstOrDefault(m => m.Number == number)
        ?? throw new CommandException($"machine {number} given, expected one of {string.Join(", ", All.Select(m => m.Number))}");

    private CommandResult RunOne(string text, CommandTable commands)
    {
        CommandResult result = new(text);
        try
        {
            IDebuggerCommand command = commands.Find(text, out ArgumentList arguments);
            if (command.ReadsTarget)
            {
                Acquire(result);
            }

            command.Run(new CommandCall(arguments, result));
        }
        catch (Exception failed) when (failed is CommandException or TargetReadException)
        {
            result.Fail(failed.Message);
        }
        catch (Exception unforeseen) when (unforeseen is not OutOfMemoryException)
        {
            result.Fail($"'{text}' cannot be answered, {DamageText.Of(_target, unforeseen)}");
        }

        if (_target?.WhyGone is { } gone)
        {
            result.Fail(gone);
        }

        return result;
    }

    private void Acquire(CommandResult result)
    {
        if (_target is not null)
        {
            return;
        }

        try
        {
            _target = _source.Acquire();
        }
        catch (TargetReadException refused)
        {
            result.IsAboutTarget = true;
            throw new TargetReadException(refused.Message, refused);
        }

        // A target that stays open is the same for each line: its notes are told once.
        foreach (string note in _target == _noted ? [] : _target.Notes)
        {
            result.Note(note);
        }

        _noted = _target;
    }

    private void ReleaseTarget()
    {
        if (_target is not null)
        {
            (_target, _machines, _kernel) = (null, null, null);
            _source.Release();
        }
    }
}
