using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>
/// A bug as a switch: the same play with those who made the mistake, and with those who do not. One file, and one row of <see cref="ExhibitTable"/>.
/// </summary>
internal interface IExhibit
{
    /// <summary>What it is, and where it is from.</summary>
    ExhibitLabel Label { get; }

    /// <summary>What the trace cannot say.</summary>
    ExhibitWords Words { get; }

    /// <summary>Who plays it as it was.</summary>
    Cast Before { get; }

    /// <summary>Who plays it as it is.</summary>
    Cast After { get; }

    /// <summary>Whether it needs the extension drivers, their hooks and the sample modules.</summary>
    bool NeedsExtensions => false;

    /// <summary>
    /// Plays it. A crash of the process and a stop of the machine leave it by an exception, which is part of the play. What must not happen is
    /// compared on the stage with what was meant.
    /// </summary>
    /// <param name="stage">A fresh machine with a process.</param>
    void Play(ExhibitStage stage);
}
