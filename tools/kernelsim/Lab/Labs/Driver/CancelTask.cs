using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>Requests that are cancelled: by their program, with their file, with their process, and at the worst moments.</summary>
internal sealed class CancelTask : BoardTask
{
    /// <inheritdoc/>
    public override string Name => "cancel";

    /// <inheritdoc/>
    public override string Title => "a request that is cancelled, at any moment";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override string Section => "Cancellation";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        int file = scene.Open(), other = scene.Open(), foreign = scene.Open(process: 1);
        int cancelled = scene.Next(file), kept = scene.Next(other);
        scene.Cancel(file);
        scene.Cancelled(cancelled, "is cancelled");
        byte[] notice = scene.Notice();
        scene.Put(file, notice);
        scene.Got(kept, notice);
        scene.Cancelled(cancelled, "is as it was");
        scene.Worth(6);

        int closed = scene.Next(other);
        kept = scene.Next(file);
        scene.Close(other);
        scene.Cancelled(closed, "has ended with the last handle of its file");
        scene.Waits(kept, "of another file waits");
        scene.Next(foreign);
        scene.Exit(1);
        scene.Expect(SceneOp.Outstanding, "requests that the driver holds, after a process has ended", "1");
        notice = scene.Notice();
        scene.Put(file, notice);
        scene.Got(kept, notice);
        scene.Worth(5);

        int early = scene.Next(file, ParkPoint.Dispatch);
        scene.Cancel(file);
        scene.ReleaseCancelled();
        scene.Cancelled(early, "was cancelled before the driver saw it");
        scene.Put(file, scene.Notice());
        scene.Worth(6);

        int raced = scene.Next(file);
        scene.Cancel(file, ParkPoint.CancelRoutine);
        scene.Put(file, scene.Notice());
        scene.Waits(raced, "waits: cancellation came before the Put, and its routine has yet to run");
        scene.Release(new SceneOutcome(NtStatus.Success.Name));
        scene.Cancelled(raced, "is cancelled");

        raced = scene.Next(file);
        notice = scene.Notice();
        scene.Put(file, notice, ParkPoint.Reply);
        scene.Cancel(file);
        scene.Release(SceneOutcome.Replied("STATUS_SUCCESS", []));
        scene.Got(raced, notice);
        scene.Expect(SceneOp.Outstanding, "requests that the driver holds", "0");
        scene.Worth(8);
    }
}
