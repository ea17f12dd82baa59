using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Hosting;

namespace Sluice.IntegrationTests.Hosting;

public sealed class TransportBuffersTests : IDisposable
{
    private readonly TransportBuffers _buffers = new();

    public void Dispose() => _buffers.Dispose();

    [Fact]
    public void Both_hosts_give_them_to_Kestrel()
    {
        var services = new ServiceCollection().AddSluice(new ConfigurationBuilder().Build());
        Assert.Equal(
            typeof(TransportBuffers),
            services.Last(static service => service.ServiceType == typeof(IMemoryPoolFactory<byte>)).ImplementationType);
    }

    [Fact]
    public void Whatever_is_asked_for_is_a_whole_buffer()
    {
        foreach (var bytes in (int[])[-1, 0, 1, 4096, TransportBuffers.BufferBytes])
        {
            using var buffer = _buffers.Rent(bytes);
            Assert.Equal(TransportBuffers.BufferBytes, buffer.Memory.Length);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => _buffers.Rent(TransportBuffers.BufferBytes + 1));
    }

    [Fact]
    public void A_buffer_belongs_to_one_at_a_time_and_is_used_again()
    {
        var first = _buffers.Rent();
        var second = _buffers.Rent();
        Assert.NotSame(first, second);
        first.Dispose();
        Assert.Same(first, _buffers.Rent());
    }

    [Fact]
    public void What_is_kept_free_is_bounded()
    {
        const int Many = 1000;
        var rented = Enumerable.Range(0, Many).Select(_ => _buffers.Rent()).ToList();
        rented.ForEach(static buffer => buffer.Dispose());

        var again = Enumerable.Range(0, Many)
            .Select(_ => _buffers.Rent())
            .ToHashSet<IMemoryOwner<byte>>(ReferenceEqualityComparer.Instance);
        Assert.Equal(128, rented.Count(again.Contains));
        Assert.Equal(Many, again.Count);
    }

    [Fact]
    public void A_server_that_stops_leaves_them_to_the_others()
    {
        var kept = _buffers.Rent();
        var pool = _buffers.Create();
        kept.Dispose();
        pool.Dispose();
        Assert.Same(kept, _buffers.Create().Rent());
    }
}
