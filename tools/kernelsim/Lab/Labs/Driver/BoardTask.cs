using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A task of the one driver of the lab, which grows from task to task.</summary>
internal abstract class BoardTask : SceneTask
{
    private const int LeastRoom = 24;
    private const int MostRoom = 40;

    /// <inheritdoc/>
    public sealed override string File => "Board.cs";

    /// <inheritdoc/>
    protected sealed override string Class => "Board";

    /// <summary>The section of the lab's README that the task is about.</summary>
    protected abstract string Section { get; }

    /// <inheritdoc/>
    protected sealed override Scene Write(LabSeed draw)
    {
        BoardScene scene = new($"Board{draw.Number(100, 9999)}", draw.Number(LeastRoom, MostRoom), $"README.md, {Section}", draw);
        scene.Load();
        Write(scene);
        return scene;
    }

    /// <summary>Writes the steps after the driver has been loaded.</summary>
    protected abstract void Write(BoardScene scene);
}
