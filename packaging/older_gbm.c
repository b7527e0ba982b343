/* For systems whose Mesa is older than 21.1 (Debian 10 and 11, UOS 20): Qt WebEngine asks their libgbm for this
 * function, and does not start without it. slim_bundle.py puts this library between the two. Where libgbm has the
 * function, it is called; otherwise a buffer's first plane is what gbm_bo_get_fd() gives, and there is no second.
 * -1 means "no such plane" to the caller, as in libgbm itself. */
#include <dlfcn.h>
#include <stddef.h>

struct gbm_bo;
extern int gbm_bo_get_fd(struct gbm_bo *bo);

int gbm_bo_get_fd_for_plane(struct gbm_bo *bo, int plane)
{
    static int (*own)(struct gbm_bo *, int);
    static int asked;

    if (!asked) {
        void *gbm = dlopen("libgbm.so.1", RTLD_LAZY | RTLD_NOLOAD);
        if (gbm != NULL)
            own = (int (*)(struct gbm_bo *, int))dlsym(gbm, "gbm_bo_get_fd_for_plane");
        asked = 1;
    }
    if (own != NULL)
        return own(bo, plane);
    return plane == 0 ? gbm_bo_get_fd(bo) : -1;
}
