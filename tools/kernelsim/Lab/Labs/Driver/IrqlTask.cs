using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A timer whose DPC has something to do that only PASSIVE_LEVEL allows.</summary>
internal sealed class IrqlTask : BoardTask
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    public override string Name => "irql";

    /// <inheritdoc/>
    public override string Title => "a timer, and work at the right IRQL";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    protected override string Section => "Timer, DPC, work item";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        byte[] notice = scene.Notice();
        uint time = (uint)scene.Draw.Number(5, 500);
        int file = scene.Open();
        scene.AlarmRefused(file, scene.Draw.Number(1, 3));
        scene.AlarmRefused(file, 8);
        scene.Put(file, notice);
        scene.Alarm(file, time);
        scene.Advance(TimeSpan.FromMilliseconds(time) - s_step);
        Told(scene, "nothing");
        scene.Advance(2 * s_step);
        Told(scene, $"{notice.Length}");
        scene.Worth(8);

        scene.Alarm(file, time);
        scene.Alarm(file, 3 * time);
        scene.Advance(TimeSpan.FromMilliseconds(2 * time));
        Told(scene, "nothing");
        notice = scene.Notice(scene.Room);
        scene.Put(file, notice);
        scene.Advance(TimeSpan.FromMilliseconds(time) + s_step);
        Told(scene, $"{notice.Length}");
        scene.Advance(TimeSpan.FromMilliseconds(10 * time));
        Told(scene, "nothing");
        scene.Worth(7);
    }

    private static void Told(BoardScene scene, string expected) => scene.Expect(SceneOp.Told, "what the driver has told the journal", expected);
}
