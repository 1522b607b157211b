using System.Diagnostics.CodeAnalysis;

namespace KernelSim.Nt.Images;

/// <summary>The files of the machine: driver images by path. Stands in for a file system.</summary>
public sealed class ImageStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DriverImage> _images = new(StringComparer.OrdinalIgnoreCase);

    internal ImageStore()
    {
    }

    /// <summary>The images, sorted by path.</summary>
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

    /// <summary>Installs an image, replacing any with the same path. A driver loaded from the old one keeps running.</summary>
    public void Install(DriverImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        lock (_lock)
        {
            _images[image.Path] = image;
        }
    }

    /// <summary>Finds the image at a path.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out DriverImage? image)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
        {
            return _images.TryGetValue(path, out image);
        }
    }
}
