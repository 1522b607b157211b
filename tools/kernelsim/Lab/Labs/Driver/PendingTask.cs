using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A request that waits until another one ends it.</summary>
internal sealed class PendingTask : BoardTask
{
    /// <inheritdoc/>
    public override string Name => "pending";

    /// <inheritdoc/>
    public override string Title => "a request that waits for the next notice";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    protected override string Section => "A request that waits";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        byte[] old = scene.Notice(), next = scene.Notice(), last = scene.Notice(scene.Room);
        int file = scene.Open(), other = scene.Open(process: 1);
        scene.NextRefused(file);
        scene.Put(file, old);
        int first = scene.Next(file), second = scene.Next(other);
        scene.Waits(first, "waits, although there is a notice: it is not a new one");
        scene.Put(file, next);
        scene.Got(first, next);
        scene.Got(second, next);
        scene.Worth(12);

        int third = scene.Next(other);
        scene.Waits(third, "waits");
        scene.Expect(SceneOp.Outstanding, "requests that the driver holds", "1");
        scene.Put(other, last);
        scene.Got(third, last);
        scene.Got(first, next);
        scene.Get(file, last, scene.Room);
        scene.Expect(SceneOp.Outstanding, "requests that the driver holds", "0");
        scene.Worth(8);
    }
}
