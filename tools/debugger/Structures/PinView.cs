using System.Text;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Structures;

/// <summary>A pinned object and its path.</summary>
/// <param name="pin">The <see cref="PinningTable.Pin"/>.</param>
internal sealed class PinView(ITargetObject pin)
{
    private static readonly KernelField s_path = KernelField.Property<PinningTable.Pin>(nameof(PinningTable.Pin.Path));
    private static readonly KernelField s_object = KernelField.Property<PinningTable.Pin>(nameof(PinningTable.Pin.Object));

    public EbpfObjectView Object { get; } = new(pin.Required(s_object));

    public string Path
    {
        get
        {
            ITargetArray path = pin.Array(s_path);
            byte[] bytes = new byte[Math.Min(path.Length, EbpfLimits.PinPathLength)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)path.IntegerAt(i);
            }

            return Encoding.UTF8.GetString(bytes);
        }
    }
}
