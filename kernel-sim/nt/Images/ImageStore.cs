using System.Diagnostics.CodeAnalysis;

namespace KernelSim.Nt.Images;

/// <summary>The files that the machine has: driver images by path. It stands in for a file system.</summary>
public sealed class ImageStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DriverImage> _images = new(StringComparer.OrdinalIgnoreCase);

    internal ImageStore()
    {
    }

    /// <summary>The images, by path.</summary>
    public IReadOnlyList<DriverImage> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _images.Values.OrderBy(i => i.Path, StringComparer.OrdinalIgnoreCase)];
            }
        }
    }

    /// <summary>Puts an image there, in place of what has its path. A driver that is loaded from the old one goes on.</summary>
    public void Install(DriverImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        lock (_lock)
        {
            _images[image.Path] = image;
        }
    }

    /// <summary>The image at a path.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out DriverImage? image)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
        {
            return _images.TryGetValue(path, out image);
        }
    }
}
