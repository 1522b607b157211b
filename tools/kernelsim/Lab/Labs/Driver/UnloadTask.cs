using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A driver that leaves nothing, and whose code no longer runs, when it has been unloaded.</summary>
internal sealed class UnloadTask : BoardTask
{
    /// <inheritdoc/>
    public override string Name => "unload";

    /// <inheritdoc/>
    public override string Title => "an unload routine that leaves nothing";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    protected override string Section => "Unloading";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        uint time = (uint)scene.Draw.Number(5, 500);
        byte[] notice = scene.Notice();
        int file = scene.Open();
        scene.Put(file, scene.Notice());
        scene.Put(file, notice);
        scene.Next(file);
        scene.Alarm(file, time);
        scene.Close(file);
        scene.Unload();
        scene.Expect(SceneOp.Link, "the symbolic link", "gone");
        scene.Expect(SceneOp.Pool, $"pool blocks with the tag '{BoardScene.NoticeTag}'", "0", BoardScene.NoticeTag);
        scene.Advance(TimeSpan.FromMilliseconds(2 * time));
        scene.Expect(SceneOp.Dpcs, "DPCs that have run since the driver was unloaded", "0");
        scene.Worth(8);

        scene.Load();
        file = scene.Open();
        scene.Put(file, notice);
        scene.Alarm(file, time);
        scene.Close(file);
        scene.UnloadWhenDue(TimeSpan.FromMilliseconds(time + 1));
        scene.Expect(SceneOp.Told, "what the driver has told the journal", $"{notice.Length}");
        scene.Expect(SceneOp.ShutDown, "what is left when the machine shuts down", "nothing");
        scene.Worth(7);
    }
}
