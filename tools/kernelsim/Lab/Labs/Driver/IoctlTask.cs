using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A device, its link, and two control requests whose sizes are checked.</summary>
internal sealed class IoctlTask : BoardTask
{
    private const int MoreRoom = 24;

    /// <inheritdoc/>
    public override string Name => "ioctl";

    /// <inheritdoc/>
    public override string Title => "a device with two control requests";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override string Section => "A control request";

    /// <inheritdoc/>
    protected override void Write(BoardScene scene)
    {
        byte[] first = scene.Notice(), longest = scene.Notice(scene.Room);
        int file = scene.Open();
        scene.Unknown(file);
        scene.GetRefused(file, scene.Room, "STATUS_NOT_FOUND");
        scene.Worth(5);

        scene.PutRefused(file, 0, "fewer than a notice has");
        scene.PutRefused(file, scene.Room + 1, "more than a notice has");
        scene.GetRefused(file, scene.Room, "STATUS_NOT_FOUND");
        scene.Put(file, first);
        scene.GetRefused(file, first.Length - 1, "STATUS_BUFFER_TOO_SMALL");
        scene.Get(file, first, first.Length);
        scene.Get(file, first, scene.Room + MoreRoom, input: scene.Room + MoreRoom);
        scene.Worth(12);

        scene.Put(file, longest);
        scene.Get(scene.Open(process: 1), longest, scene.Room);
        scene.Expect(SceneOp.Pool, $"pool blocks with the tag '{BoardScene.NoticeTag}'", "1", BoardScene.NoticeTag);
        scene.Worth(8);
    }
}
