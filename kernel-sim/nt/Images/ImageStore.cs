using System.Diagnostics.CodeAnalysis;

namespace KernelSim.Nt.Images;

/// <summary>The files of the machine: driver images by path. Stands in for a file system.</summary>
public sealed class ImageStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lazy<DriverImage>> _images = new(StringComparer.OrdinalIgnoreCase);

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
                return [.. _images.Values.Select(i => i.Value).OrderBy(i => i.Path, StringComparer.OrdinalIgnoreCase)];
            }
        }
    }

    /// <summary>Installs an image, replacing any with the same path. A driver loaded from the old one keeps running.</summary>
    public void Install(DriverImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        lock (_lock)
        {
            _images[image.Path] = new Lazy<DriverImage>(image);
        }
    }

    /// <summary>Installs an image that is created when it is first looked for.</summary>
    /// <param name="path">The image's path.</param>
    /// <param name="create">Creates the image. Runs at most once, under the lock of the store: it must not use the store.</param>
    public void InstallOnDemand(string path, Func<DriverImage> create)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(create);
        lock (_lock)
        {
            _images[path] = new Lazy<DriverImage>(create, LazyThreadSafetyMode.None);
        }
    }

    /// <summary>Finds the image at a path.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out DriverImage? image)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
        {
            image = _images.GetValueOrDefault(path)?.Value;
            return image is not null;
        }
    }
}
