using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.Tool.Lab.Labs.Driver;

/// <summary>A scene with a notice board: the device that the lab's driver has.</summary>
/// <param name="name">The driver's name.</param>
/// <param name="room">The longest notice, in bytes.</param>
/// <param name="look">Where a student finds more about the steps.</param>
/// <param name="draw">What may vary.</param>
internal sealed class BoardScene(string name, int room, string look, LabSeed draw) : Scene(name, room, look)
{
    /// <summary>The pool tag of notices.</summary>
    public const string NoticeTag = "Bord";

    private const ushort DeviceType = 0x8000;

    private static readonly SceneOutcome s_pending = new("STATUS_PENDING");

    /// <summary>Draws what may vary.</summary>
    public LabSeed Draw => draw;

    /// <summary>A notice of some length.</summary>
    public byte[] Notice() => Notice(draw.Number(2, Room - 1));

    /// <summary>A notice of a length. Its bytes are none that the rooms for replies are filled with.</summary>
    public byte[] Notice(int length) => [.. draw.Bytes(length).Select(b => (byte)(b & 0x7F))];

    /// <summary>Puts up a notice.</summary>
    public void Put(int file, byte[] notice, ParkPoint park = ParkPoint.None) =>
        Send(file, $"Put of {notice.Length} bytes", Code(0), notice, 0, SceneOutcome.Replied("STATUS_SUCCESS", []), park);

    /// <summary>Puts up a notice that is refused.</summary>
    public void PutRefused(int file, int length, string why) =>
        Send(file, $"Put of {length} bytes, {why}", Code(0), Notice(length), 0, new SceneOutcome("STATUS_INVALID_PARAMETER"));

    /// <summary>Reads the notice.</summary>
    public void Get(int file, byte[] notice, int roomForReply, int input = 0) => Send(
        file,
        $"Get with room for {roomForReply} bytes{(input > 0 ? $" and {input} bytes of input" : "")}",
        Code(1),
        new byte[input],
        roomForReply,
        SceneOutcome.Replied("STATUS_SUCCESS", notice));

    /// <summary>Reads the notice and is refused.</summary>
    public void GetRefused(int file, int roomForReply, string status) =>
        Send(file, $"Get with room for {roomForReply} bytes", Code(1), [], roomForReply, new SceneOutcome(status));

    /// <summary>Waits for the next notice.</summary>
    /// <returns>Its number, for later steps.</returns>
    public int Next(int file, ParkPoint park = ParkPoint.None) =>
        Send(file, $"Next with room for {Room} bytes", Code(2), [], Room, s_pending, park);

    /// <summary>Waits with too little room.</summary>
    public void NextRefused(int file) => Send(
        file, $"Next with room for {Room - 1} bytes", Code(2), [], Room - 1, new SceneOutcome("STATUS_BUFFER_TOO_SMALL"));

    /// <summary>Asks to be told about the notice later.</summary>
    public void Alarm(int file, uint milliseconds) => Send(
        file, $"Alarm after {milliseconds} ms", Code(3), BitConverter.GetBytes(milliseconds), 0, SceneOutcome.Replied("STATUS_SUCCESS", []));

    /// <summary>Asks so with a number of a wrong size.</summary>
    public void AlarmRefused(int file, int bytes) =>
        Send(file, $"Alarm of {bytes} bytes", Code(3), new byte[bytes], 0, new SceneOutcome("STATUS_INVALID_PARAMETER"));

    /// <summary>Waits for a notice that nobody who takes has had.</summary>
    /// <returns>Its number, for later steps.</returns>
    public int Take(int file) => Send(file, $"Take with room for {Room} bytes", Code(4), [], Room, s_pending);

    /// <summary>Sends a code that the board does not have.</summary>
    public void Unknown(int file) => Send(
        file, "a code that the board does not have", Code((ushort)draw.Number(0x10, 0x7F)), [], 0, new SceneOutcome("STATUS_INVALID_DEVICE_REQUEST"));

    /// <summary>Expects a waiting request to have got a notice.</summary>
    public void Got(int request, byte[] notice) => Ended(request, "has ended", SceneOutcome.Replied("STATUS_SUCCESS", notice));

    private static uint Code(ushort number) => new IoControlCode(DeviceType, (ushort)(0x800 + number), IoMethod.Buffered, access: 0).Value;
}
