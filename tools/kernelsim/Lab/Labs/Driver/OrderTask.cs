using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>Requests that wait in a queue and are served in order, while some of them are cancelled. Optional.</summary>
internal sealed class OrderTask : BoardTask
{
    /// <inheritdoc/>
    public override string Name => "order";

    /// <inheritdoc/>
    public override string Title => "a queue that is served in order";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    protected override string Section => "Cancellation";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        int[] files = [scene.Open(), scene.Open(process: 1), scene.Open(), scene.Open(process: 1), scene.Open()];
        int[] takes = [.. scene.Draw.Some(files, files.Length).Select(scene.Take)];
        int watcher = scene.Next(files[0]);
        byte[] notice = scene.Notice();
        scene.Put(files[0], notice);
        scene.Got(takes[0], notice);
        scene.Got(watcher, notice);
        foreach (int take in takes[1..])
        {
            scene.Waits(take, "waits for a notice of its own");
        }

        scene.Worth(5);
        Cancel(scene, files, takes);
    }

    /// <summary>The second is being cancelled and the third has been: the next notice is the fourth's.</summary>
    private static void Cancel(BoardScene scene, int[] files, int[] takes)
    {
        int FileOf(int take) => scene.Steps.Single(s => s.Step.Op == SceneOp.Send && s.Step.Request == takes[take]).Step.File;
        scene.Cancel(FileOf(2));
        scene.Cancelled(takes[2], "is cancelled");
        scene.Cancel(FileOf(1), ParkPoint.CancelRoutine);
        byte[] notice = scene.Notice();
        scene.Put(files[0], notice);
        scene.Got(takes[3], notice);
        scene.Waits(takes[1], "waits for its cancel routine");
        scene.Waits(takes[4], "waits for a notice of its own");
        scene.Release(new SceneOutcome(NtStatus.Success.Name));
        scene.Cancelled(takes[1], "is cancelled");
        notice = scene.Notice();
        scene.Put(files[0], notice);
        scene.Got(takes[4], notice);
        scene.Put(files[0], scene.Notice());
        scene.Expect(SceneOp.Outstanding, "requests that the driver holds", "0");
        scene.Worth(10);
    }
}
