using System.Diagnostics;
using System.Globalization;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>A machine with the student's driver, and the processes that use it.</summary>
internal sealed class SceneMachine : IDisposable
{
    private const long PoolLimit = 64 << 20;

    /// <summary>For a parked call to get where it parks, and from there to its end.</summary>
    private static readonly TimeSpan s_forACall = TimeSpan.FromSeconds(30);

    private readonly SceneInput _input;
    private readonly Machine _machine;
    private readonly SceneEvents _events;
    private readonly List<string> _told = [];
    private readonly Dictionary<int, SceneProgram> _programs = [];
    private readonly List<(SceneProgram Program, NtHandle Handle)> _files = [];
    private readonly Dictionary<int, SceneRequest> _requests = [];
    private DriverObject? _driver;
    private ParkedCall? _parked;
    private bool _isUnloaded;
    private int _dpcsBefore;
    private string? _place;

    /// <summary>Boots it.</summary>
    public SceneMachine(SceneInput input)
    {
        _input = input;
        _machine = Machine.Boot(new MachineOptions { Seed = input.Seed, PoolLimit = PoolLimit });
        _machine.RegisterBugCheckCallback(_ => _place = ExceptionText.UserPlace(new StackTrace(fNeedFileInfo: true)));
        _events = new SceneEvents(point => _parked?.Pass(point), Note);
    }

    /// <summary>The bugcheck that stopped it; null while it runs.</summary>
    public BugcheckFact? Stop => _machine.StopRecord is { } record
        ? new BugcheckFact((uint)record.Code, record.Parameters[0], TextOf(record), _place, record.Processors)
        : null;

    /// <summary>Does a step.</summary>
    /// <returns>What came of it; null if the machine has stopped.</returns>
    public SceneOutcome? Do(SceneStep step)
    {
        try
        {
            SceneOutcome fact = step.Park == ParkPoint.None ? Run(step) : RunParked(step);
            return _machine.StopRecord is null ? fact : null;
        }
        catch (BugcheckException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parked?.Release(s_forACall);
        _events.Dispose();
        _machine.Dispose();
    }

    private static string TextOf(BugcheckRecord record) =>
        new BugcheckException(record).Message + (record.Cause is { } cause ? $": {ExceptionText.Of(cause)}" : "");

    private static SceneOutcome Of(NtStatus status) => new(status.Name);

    private static SceneOutcome Of(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private SceneOutcome Run(SceneStep step) => step.Op switch
    {
        SceneOp.Load => Load(),
        SceneOp.Unload => Unload(),
        SceneOp.UnloadWhenDue => UnloadWhenDue(step.Microseconds),
        SceneOp.Open => Open(step.Process),
        SceneOp.Send => Send(step),
        SceneOp.Look => _requests[step.Request].Look(),
        SceneOp.Cancel => Of(_files[step.File].Program.Gate.NtCancelIoFile(0, _files[step.File].Handle)),
        SceneOp.Close => Of(_files[step.File].Program.Gate.NtClose(0, _files[step.File].Handle)),
        SceneOp.Exit => Exit(step.Process),
        SceneOp.Advance => Advance(step.Microseconds),
        SceneOp.Release => Release(),
        SceneOp.Told => Told(),
        SceneOp.Pool => Of(_machine.Pool.Usage(new PoolTag(step.Tag)).Blocks),
        SceneOp.Outstanding => Of(_driver?.OutstandingRequests ?? 0),
        SceneOp.Dpcs => Of(_events.Dpcs - _dpcsBefore),
        SceneOp.Link => new SceneOutcome(_machine.Objects.SymbolicLinks.ContainsKey(@"\GLOBAL??\" + _input.Name) ? "there" : "gone"),
        SceneOp.ShutDown => ShutDown(),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Op, "no such step"),
    };

    private SceneOutcome RunParked(SceneStep step)
    {
        _parked = new ParkedCall(step.Park, () => Run(step));
        return new SceneOutcome(_parked.Start(s_forACall) ? SceneOutcome.Parked : "not reached");
    }

    private SceneOutcome Release()
    {
        SceneOutcome? fact = _parked!.Release(s_forACall);
        _parked = null;
        return fact ?? throw new BugcheckException(_machine.StopRecord!);
    }

    private SceneOutcome Load()
    {
        Type type = SubmittedLibrary.Load(_input.Library).GetType(_input.Class)
            ?? throw new InvalidDataException($"there is no public class {_input.Class}");
        Type[] parameters = [typeof(string), typeof(int), typeof(Action<KeThread, int>)];
        if (!typeof(IDriver).IsAssignableFrom(type) || type.GetConstructor(parameters) is not { } constructor)
        {
            throw new InvalidDataException($"{_input.Class} is no IDriver with the constructor that it had at the start");
        }

        _isUnloaded = false;
        var student = (IDriver)constructor.Invoke([_input.Name, _input.Room, (Action<KeThread, int>)new Journal(new ExPushLock(_machine)).Tell]);
        return Of(_machine.LoadDriver(new FilteredDriver(student, () => _parked?.Pass(ParkPoint.Dispatch), () => _isUnloaded = true), out _driver));
    }

    private SceneOutcome Unload()
    {
        NtStatus status = _driver is null ? NtStatus.ObjectNameNotFound : _machine.UnloadDriver(_driver);
        _dpcsBefore = _events.Dpcs;
        return Of(status);
    }

    private SceneOutcome UnloadWhenDue(long microseconds)
    {
        using KernelScope scope = _machine.EnterKernel();
        Advance(microseconds);
        return Unload();
    }

    private SceneOutcome Open(int process)
    {
        if (!_programs.TryGetValue(process, out SceneProgram? program))
        {
            _programs.Add(process, program = new SceneProgram(_machine.Processes.Create()));
        }

        NtStatus status = program.Open(@"\\.\" + _input.Name, out NtHandle handle);
        _files.Add((program, handle));
        return Of(status);
    }

    private SceneOutcome Send(SceneStep step)
    {
        (SceneProgram program, NtHandle handle) = _files[step.File];
        SceneRequest request = new(program.Gate, step.Room);
        _requests[step.Request] = request;
        return request.Send(handle, new IoControlCode(step.Code), step.Input);
    }

    private SceneOutcome Exit(int process)
    {
        _programs[process].Process.Terminate(NtStatus.Success);
        return Of(NtStatus.Success);
    }

    private SceneOutcome Advance(long microseconds)
    {
        _machine.Clock.Advance(TimeSpan.FromMicroseconds(microseconds));
        return Of(NtStatus.Success);
    }

    private SceneOutcome ShutDown()
    {
        IReadOnlyList<string> leaks = _machine.Shutdown().Leaks;
        return new SceneOutcome(leaks.Count == 0 ? "nothing" : string.Join("; ", leaks));
    }

    /// <summary>On the thread that tells the journal a number.</summary>
    private void Note(int number)
    {
        string how = KeThread.Current.Irql == Irql.Passive ? "" : " above PASSIVE_LEVEL";
        _told.Add(string.Create(CultureInfo.InvariantCulture, $"{number}{how}{(_isUnloaded ? " after Unload had returned" : "")}"));
    }

    private SceneOutcome Told()
    {
        SceneOutcome fact = new(_told.Count == 0 ? "nothing" : string.Join(", ", _told));
        _told.Clear();
        return fact;
    }

    /// <summary>Whose routine the driver is given: as pageable code would, it takes a lock that may block.</summary>
    private sealed class Journal(ExPushLock pageable)
    {
        public void Tell(KeThread current, int number)
        {
            ArgumentNullException.ThrowIfNull(current);
            using PushLockScope scope = pageable.AcquireExclusive(current);
            JournalEventSource.Log.Told(number);
        }
    }
}
