namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>Steps, and what is expected of each: the judge's side of a scene.</summary>
/// <param name="name">The driver's name.</param>
/// <param name="room">The size that the driver is given, in bytes.</param>
/// <param name="look">Where a student finds more about the steps.</param>
internal class Scene(string name, int room, string look)
{
    private readonly List<ExpectedStep> _steps = [];
    private int _files;
    private int _requests;

    /// <summary>The driver's name.</summary>
    public string Name => name;

    /// <summary>The size that the driver is given, in bytes.</summary>
    public int Room => room;

    /// <summary>Where a student finds more about the steps.</summary>
    public string Look => look;

    /// <summary>What the programs do, in order.</summary>
    public IReadOnlyList<ExpectedStep> Steps => _steps;

    /// <summary>Loads the driver.</summary>
    public void Load() => Add(new SceneStep(SceneOp.Load), "the driver is loaded", "STATUS_SUCCESS");

    /// <summary>Opens the device.</summary>
    /// <returns>The file.</returns>
    public int Open(int process = 0)
    {
        Add(new SceneStep(SceneOp.Open) { Process = process }, $@"process {process} opens \\.\{name}", "STATUS_SUCCESS");
        return _files++;
    }

    /// <summary>Sends a request, and expects what comes of it at once.</summary>
    /// <returns>Its number, for later steps.</returns>
    public int Send(int file, string what, uint code, byte[] input, int roomForReply, SceneOutcome expected, ParkPoint park = ParkPoint.None)
    {
        SceneStep step = new(SceneOp.Send) { File = file, Request = _requests, Code = code, Input = input, Room = roomForReply, Park = park };
        string text = $"request {_requests}, {what}";
        if (park == ParkPoint.None)
        {
            Add(step, text, expected.ToString());
        }
        else
        {
            Park(step, text);
        }

        return _requests++;
    }

    /// <summary>Expects a request to wait.</summary>
    public void Waits(int request, string when) => LookAt(request, when, SceneOutcome.Waits);

    /// <summary>Expects a request to have ended.</summary>
    public void Ended(int request, string when, SceneOutcome expected) => LookAt(request, when, expected.ToString());

    /// <summary>Expects a request to have ended as cancelled.</summary>
    public void Cancelled(int request, string when) => LookAt(request, when, "STATUS_CANCELLED");

    /// <summary>Cancels the requests of a file.</summary>
    public void Cancel(int file, ParkPoint park = ParkPoint.None)
    {
        SceneStep step = new(SceneOp.Cancel) { File = file, Park = park };
        string what = $"NtCancelIoFile of file {file}";
        if (park == ParkPoint.None)
        {
            Add(step, what, "STATUS_SUCCESS");
        }
        else
        {
            Park(step, what);
        }
    }

    /// <summary>Closes a file.</summary>
    public void Close(int file) => Add(new SceneStep(SceneOp.Close) { File = file }, $"file {file} is closed", "STATUS_SUCCESS");

    /// <summary>Ends a process.</summary>
    public void Exit(int process) => Add(new SceneStep(SceneOp.Exit) { Process = process }, $"process {process} ends", "STATUS_SUCCESS");

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) =>
        Add(new SceneStep(SceneOp.Advance) { Microseconds = Microseconds(time) }, $"{time.TotalMilliseconds:0} ms pass", "STATUS_SUCCESS");

    /// <summary>Unloads the driver.</summary>
    public void Unload() => Add(new SceneStep(SceneOp.Unload), "the driver is unloaded", "STATUS_SUCCESS");

    /// <summary>Lets time pass and unloads the driver before the work that has come due has run.</summary>
    public void UnloadWhenDue(TimeSpan time) => Add(
        new SceneStep(SceneOp.UnloadWhenDue) { Microseconds = Microseconds(time) },
        $"{time.TotalMilliseconds:0} ms pass, and the driver is unloaded before its work item has run",
        "STATUS_SUCCESS");

    /// <summary>Expects a number or a word of the machine's state.</summary>
    public void Expect(SceneOp op, string what, string expected, string tag = "") => Add(new SceneStep(op) { Tag = tag }, what, expected);

    /// <summary>Lets the parked call go on, and expects what comes of it.</summary>
    /// <param name="expected">What it returns.</param>
    public void Release(SceneOutcome expected) => Add(new SceneStep(SceneOp.Release), "that thread goes on", expected.ToString());

    /// <summary>Lets a parked request go on that has been cancelled: its call may return that, or pending and end so later.</summary>
    public void ReleaseCancelled() => _steps.Add(new ExpectedStep(
        new SceneStep(SceneOp.Release),
        "that thread goes on",
        "STATUS_PENDING or STATUS_CANCELLED",
        fact => fact.Status is "STATUS_PENDING" or "STATUS_CANCELLED"));

    /// <summary>Gives points for the steps since the last that had points.</summary>
    public void Worth(int points) => _steps[^1] = _steps[^1] with { Points = points };

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;

    private static string Place(ParkPoint park) => park switch
    {
        ParkPoint.Dispatch => "parked before the dispatch routine",
        ParkPoint.CancelRoutine => "parked between the system's taking the cancel routine and calling it",
        _ => "parked between the driver's completing a request and the copy of its reply",
    };

    private void LookAt(int request, string when, string expected) =>
        Add(new SceneStep(SceneOp.Look) { Request = request }, $"request {request} {when}", expected);

    private void Park(SceneStep step, string what) => Add(step, $"{what}, on a thread of its own, {Place(step.Park)}", SceneOutcome.Parked);

    private void Add(SceneStep step, string what, string expected) =>
        _steps.Add(new ExpectedStep(step, what, expected, fact => fact.ToString() == expected));
}

/// <summary>A step with what is expected of it.</summary>
/// <param name="Step">The step that is expected to end so.</param>
/// <param name="What">What it does, for people.</param>
/// <param name="Expected">What should come of it, for people.</param>
/// <param name="IsMet">Whether that came of it.</param>
internal sealed record ExpectedStep(SceneStep Step, string What, string Expected, Func<SceneOutcome, bool> IsMet)
{
    /// <summary>Points for all steps since the last that had points.</summary>
    public int Points { get; init; }
}
