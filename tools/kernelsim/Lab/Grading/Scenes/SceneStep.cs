namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>What a step does.</summary>
internal enum SceneOp
{
    /// <summary>Loads the student's driver.</summary>
    Load,

    /// <summary>Unloads it.</summary>
    Unload,

    /// <summary>Lets time pass and unloads it before the thread leaves the kernel: work that has come due waits meanwhile.</summary>
    UnloadWhenDue,

    /// <summary>Opens the device in a process.</summary>
    Open,

    /// <summary>Sends a control request.</summary>
    Send,

    /// <summary>Looks at a request that was sent.</summary>
    Look,

    /// <summary>Cancels the requests of a file.</summary>
    Cancel,

    /// <summary>Closes a file.</summary>
    Close,

    /// <summary>Ends a process.</summary>
    Exit,

    /// <summary>Lets time pass.</summary>
    Advance,

    /// <summary>Lets a parked call go on, and waits for its end.</summary>
    Release,

    /// <summary>Reads what the driver has told the routine that it was given.</summary>
    Told,

    /// <summary>Counts the blocks of a pool tag.</summary>
    Pool,

    /// <summary>Counts the requests that the driver holds.</summary>
    Outstanding,

    /// <summary>Counts the DPCs that have run since the driver was unloaded.</summary>
    Dpcs,

    /// <summary>Looks for the driver's symbolic link.</summary>
    Link,

    /// <summary>Shuts the machine down.</summary>
    ShutDown,
}

/// <summary>Where a call of a thread of its own stops until it is released.</summary>
internal enum ParkPoint
{
    /// <summary>Nowhere: the call is one of the scene's own thread.</summary>
    None,

    /// <summary>Before the driver's dispatch routine.</summary>
    Dispatch,

    /// <summary>After the system has taken a cancel routine and before it calls it.</summary>
    CancelRoutine,

    /// <summary>After the driver has completed a request and before its reply has been copied to the program.</summary>
    Reply,
}

/// <summary>A step of a scene.</summary>
/// <param name="Op">What it does.</param>
internal sealed record SceneStep(SceneOp Op)
{
    /// <summary>The process, from 0, of <see cref="SceneOp.Open"/> and <see cref="SceneOp.Exit"/>.</summary>
    public int Process { get; init; }

    /// <summary>The file, from 0 in the order of the opens.</summary>
    public int File { get; init; }

    /// <summary>The request, from 0 in the order of the sends.</summary>
    public int Request { get; init; }

    /// <summary>The control code, as CTL_CODE makes it.</summary>
    public uint Code { get; init; }

    /// <summary>The request's bytes.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Bytes of room for the reply.</summary>
    public int Room { get; init; }

    /// <summary>How much time passes, in microseconds.</summary>
    public long Microseconds { get; init; }

    /// <summary>The pool tag.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Where the call parks.</summary>
    public ParkPoint Park { get; init; }
}

/// <summary>A scene to play.</summary>
/// <param name="Library">Full path of the student's library.</param>
/// <param name="Class">Its driver, a public class with a constructor that takes name, room and a routine to tell numbers to.</param>
/// <param name="Name">The driver's name, also of its device and its link.</param>
/// <param name="Room">The size that the driver is given, in bytes.</param>
/// <param name="Seed">Seed of the machine.</param>
/// <param name="Steps">What the programs do, in order.</param>
internal sealed record SceneInput(string Library, string Class, string Name, int Room, ulong Seed, IReadOnlyList<SceneStep> Steps);
